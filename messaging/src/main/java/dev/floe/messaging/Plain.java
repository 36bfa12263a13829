package dev.floe.messaging;

/** Foreign text made fit for headers, answers and logs: of bounded length, without controls. */
public final class Plain {

  private Plain() {}

  /** At most {@code longest} characters of {@code text}, with every control character replaced. */
  public static String text(String text, int longest) {
    var plain = new StringBuilder();
    text.codePoints()
        .limit(longest)
        .map(each -> isHarmless(each) ? each : 0xFFFD)
        .forEach(plain::appendCodePoint);
    boolean cut = text.codePointCount(0, text.length()) > longest;
    return cut ? plain.append('…').toString() : plain.toString();
  }

  /** What {@code failure} and what is behind it say. */
  public static String text(Throwable failure, int longest) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return text(deepest.getClass().getSimpleName() + ": " + deepest.getMessage(), longest);
  }

  private static boolean isHarmless(int character) {
    return switch (Character.getType(character)) {
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
