package dev.floe.cli.console;

import java.util.Map;

/** Colours the signs of a line on a terminal, and takes out of it what could command a terminal. */
record Paint(boolean colour) {

  private static final Map<String, String> COLOURS =
      Map.of("✓", "\u001b[32m", "✗", "\u001b[31m", "⚠", "\u001b[33m", "⏭", "\u001b[2m");
  private static final String RESET = "\u001b[0m";

  String line(String text) {
    String plain = plain(text);
    if (!colour) {
      return plain;
    }
    String painted = plain;
    for (Map.Entry<String, String> sign : COLOURS.entrySet()) {
      painted = painted.replace(sign.getKey(), sign.getValue() + sign.getKey() + RESET);
    }
    return painted;
  }

  /** What others wrote may hold escape sequences; none reaches a terminal. */
  static String plain(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) && c != '\t' ? '\uFFFD' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
