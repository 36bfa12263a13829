package dev.floe.oci.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON text strictly (RFC 8259). A name that stands twice in an object is refused:
 * readers disagree about which one counts, and a manifest must mean the same to everybody.
 */
final class JsonReader {

  private static final int DEEPEST = 64;

  /** Each takes some hundred bytes of memory, and may take two of text. */
  private static final int MOST_VALUES = 500_000;

  private final String text;
  private int at;
  private int values;

  private JsonReader(String text) {
    this.text = text;
  }

  static Json read(byte[] bytes) {
    JsonReader reader = new JsonReader(decode(bytes));
    Json value = reader.value(0);
    reader.skipBlank();
    if (reader.at < reader.text.length()) {
      throw reader.unexpected("nothing more");
    }
    return value;
  }

  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new JsonException("not UTF-8");
    }
  }

  private Json value(int depth) {
    if (depth > DEEPEST) {
      throw new JsonException("nested deeper than " + DEEPEST + " at character " + at);
    }
    if (++values > MOST_VALUES) {
      throw new JsonException("more than " + MOST_VALUES + " values");
    }
    skipBlank();
    return switch (peek()) {
      case '{' -> members(depth);
      case '[' -> elements(depth);
      case '"' -> new Json.Text(string());
      case 't' -> word("true", new Json.Flag(true));
      case 'f' -> word("false", new Json.Flag(false));
      case 'n' -> word("null", new Json.Nothing());
      default -> number();
    };
  }

  private Json members(int depth) {
    Map<String, Json> members = new LinkedHashMap<>();
    at++;
    skipBlank();
    if (take('}')) {
      return new Json.Members(members);
    }
    do {
      skipBlank();
      if (peek() != '"') {
        throw unexpected("a name");
      }
      String name = string();
      skipBlank();
      expect(':');
      if (members.put(name, value(depth + 1)) != null) {
        throw new JsonException("\"" + name + "\" stands twice in one object");
      }
      skipBlank();
    } while (take(','));
    expect('}');
    return new Json.Members(members);
  }

  private Json elements(int depth) {
    List<Json> elements = new ArrayList<>();
    at++;
    skipBlank();
    if (take(']')) {
      return new Json.Elements(elements);
    }
    do {
      elements.add(value(depth + 1));
      skipBlank();
    } while (take(','));
    expect(']');
    return new Json.Elements(elements);
  }

  private String string() {
    StringBuilder read = new StringBuilder();
    at++;
    while (true) {
      char c = peek();
      at++;
      if (c == '"') {
        return read.toString();
      }
      if (c < ' ') {
        throw new JsonException("a control character in a string at character " + (at - 1));
      }
      read.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hex();
      default -> throw new JsonException("an unknown escape at character " + (at - 1));
    };
  }

  private char hex() {
    if (at + 4 > text.length()) {
      throw unexpected("four hex digits");
    }
    int code = 0;
    for (int i = 0; i < 4; i++, at++) {
      int digit = Character.digit(text.charAt(at), 16);
      if (digit < 0) {
        throw unexpected("a hex digit");
      }
      code = code * 16 + digit;
    }
    return (char) code;
  }

  private Json number() {
    int from = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String written = text.substring(from, at);
    if (!written.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
      at = from;
      throw unexpected("a value");
    }
    return new Json.Numeral(written);
  }

  private Json word(String word, Json value) {
    if (!text.startsWith(word, at)) {
      throw unexpected(word);
    }
    at += word.length();
    return value;
  }

  private void skipBlank() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean take(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    if (there) {
      at++;
    }
    return there;
  }

  private void expect(char c) {
    if (!take(c)) {
      throw unexpected("'" + c + "'");
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw unexpected("more");
    }
    return text.charAt(at);
  }

  private JsonException unexpected(String wanted) {
    String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
    return new JsonException("expected " + wanted + " but found " + found + " at character " + at);
  }
}
