package dev.floe.manifest;

/**
 * What people say in their own words: reasons, notes, messages. It is kept on one line and shows
 * all that is in it: a line break or a tab becomes a space; control characters, marks that turn the
 * direction of writing, characters of no width and halves of surrogate pairs become U+FFFD.
 */
public final class FreeText {

  /** How many characters a person may say at once. */
  public static final int LONGEST = 2_000;

  private static final int QUOTED = 80;
  private static final int REPLACEMENT = 0xFFFD;

  private FreeText() {}

  /**
   * What somebody said, in a form that can be shown anywhere; empty where they said nothing.
   *
   * @param kind what it is, such as {@code reason}
   * @throws InvalidWord when it is too long
   */
  public static String said(String kind, String text) {
    if (text.length() > LONGEST) {
      String why = "it is longer than %,d characters".formatted(LONGEST);
      throw new InvalidWord(kind, text, LONGEST + 1, why, "one or two sentences");
    }
    return visible(text).strip();
  }

  /**
   * The same of somebody who wants to say something.
   *
   * @throws InvalidWord when nothing is said too
   */
  public static String meant(String kind, String text) {
    String said = said(kind, text);
    if (said.isEmpty()) {
      throw new InvalidWord(kind, text, 1, "it is empty", "one or two sentences, or none at all");
    }
    return said;
  }

  /** The words of a machine, such as a registry's: they are cut where they are too long. */
  public static String told(String text) {
    return cut(text, LONGEST);
  }

  /** The beginning of a text that is shown because something is wrong with it. */
  public static String quoted(String text) {
    return cut(text, QUOTED);
  }

  private static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return visible(text);
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return visible(text.substring(0, end)) + "… (%,d characters)".formatted(text.length());
  }

  private static String visible(String text) {
    if (text.codePoints().allMatch(FreeText::isVisible)) {
      return text;
    }
    var shown = new StringBuilder(text.length());
    text.replace("\r\n", "\n")
        .codePoints()
        .map(c -> isVisible(c) ? c : isBreak(c) ? ' ' : REPLACEMENT)
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }

  private static boolean isBreak(int c) {
    return Character.isWhitespace(c) || c == 0x85;
  }

  /** Whether it is to be seen, or a plain space. */
  static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> (c & 0xFFFE) != 0xFFFE && !(c >= 0xFDD0 && c <= 0xFDEF);
    };
  }
}
