package dev.floe.manifest;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes canonical JSON: keys sorted, no white space, one spelling for every value. */
final class Json {

  private Json() {}

  static String write(Object value) {
    StringBuilder out = new StringBuilder();
    append(out, value);
    return out.toString();
  }

  private static void append(StringBuilder out, Object value) {
    switch (value) {
      case String text -> appendText(out, text);
      case Map<?, ?> map -> appendMap(out, map);
      case List<?> list -> appendList(out, list);
      case BigDecimal number -> out.append(number.stripTrailingZeros().toPlainString());
      case Boolean _, Integer _, Long _ -> out.append(value);
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
    }
  }

  private static void appendMap(StringBuilder out, Map<?, ?> map) {
    TreeMap<String, Object> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
    out.append('{');
    String separator = "";
    for (Map.Entry<String, Object> entry : sorted.entrySet()) {
      out.append(separator);
      appendText(out, entry.getKey());
      out.append(':');
      append(out, entry.getValue());
      separator = ",";
    }
    out.append('}');
  }

  private static void appendList(StringBuilder out, List<?> list) {
    out.append('[');
    String separator = "";
    for (Object element : list) {
      out.append(separator);
      append(out, element);
      separator = ",";
    }
    out.append(']');
  }

  private static void appendText(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> appendCharacter(out, c);
      }
    }
    out.append('"');
  }

  private static void appendCharacter(StringBuilder out, char c) {
    // Beyond what JSON demands: whatever a YAML reader would refuse raw, since it reads this back.
    boolean unprintable =
        c < 0x20
            || (c >= 0x7f && c <= 0x9f)
            || c == '\u2028'
            || c == '\u2029'
            || c == '\ufeff'
            || c >= '\ufffe';
    if (unprintable) {
      out.append("\\u").append("%04x".formatted((int) c));
    } else {
      out.append(c);
    }
  }
}
