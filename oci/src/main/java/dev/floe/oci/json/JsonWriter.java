package dev.floe.oci.json;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes a JSON value without blanks, members in their order: equal values give equal bytes. */
public final class JsonWriter {

  private JsonWriter() {}

  public static byte[] write(Json value) {
    StringBuilder out = new StringBuilder();
    append(out, value);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void append(StringBuilder out, Json value) {
    switch (value) {
      case Json.Members(Map<String, Json> members) -> {
        String between = "{";
        for (Map.Entry<String, Json> member : members.entrySet()) {
          out.append(between);
          quote(out, member.getKey());
          out.append(':');
          append(out, member.getValue());
          between = ",";
        }
        out.append(members.isEmpty() ? "{}" : "}");
      }
      case Json.Elements(var elements) -> {
        String between = "[";
        for (Json element : elements) {
          out.append(between);
          append(out, element);
          between = ",";
        }
        out.append(elements.isEmpty() ? "[]" : "]");
      }
      case Json.Text(String text) -> quote(out, text);
      case Json.Numeral(String written) -> out.append(written);
      case Json.Flag(boolean flag) -> out.append(flag);
      case Json.Nothing() -> out.append("null");
    }
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
