package dev.floe.local.log;

/** Texts of others, made fit for a line that people read in a terminal. */
final class Escaped {

  private Escaped() {}

  /** Nothing in it ends the line, moves the cursor, or turns the direction of reading. */
  static String text(String text, int longest) {
    var escaped = new StringBuilder();
    text.codePoints()
        .limit(longest)
        .forEach(
            each -> {
              if (isHarmless(each)) {
                escaped.appendCodePoint(each);
              } else {
                escaped.append("\\u").append("%04x".formatted(each));
              }
            });
    return text.codePointCount(0, text.length()) > longest
        ? escaped.append('…').toString()
        : escaped.toString();
  }

  /** In quotes where it would not be read as one word. */
  static String value(String value, int longest) {
    String text = text(value, longest);
    boolean plain = !text.isEmpty() && text.chars().noneMatch(each -> " \"=\\".indexOf(each) >= 0);
    return plain ? text : '"' + text.replace("\"", "\\\"") + '"';
  }

  private static boolean isHarmless(int each) {
    return switch (Character.getType(each)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
