package dev.floe.gate.adapter.process;

import dev.floe.gate.adapter.process.SecretFinder.Range;
import java.util.List;
import java.util.Locale;

/**
 * Finds values that stand behind a telling name: {@code db_password = x}, {@code "token": "x"},
 * {@code Authorization: Bearer x}. It looks from each sign of equality back and ahead, which on
 * logs full of them is many times quicker than a regular expression that looks for the names.
 */
final class Assignments {

  private static final List<String> TELLING =
      List.of(
          "password",
          "passwd",
          "passphrase",
          "pwd",
          "secret",
          "token",
          "apikey",
          "accesskey",
          "privatekey",
          "credential",
          "authorization");
  private static final int SHORTEST = 3;
  private static final int LONGEST_NAME = 80;
  private static final int MOST_BLANKS = 4;

  private final String text;
  private final List<Range> found;

  private Assignments(String text, List<Range> found) {
    this.text = text;
    this.found = found;
  }

  static void find(String text, List<Range> found) {
    Assignments assignments = new Assignments(text, found);
    for (char sign : new char[] {'=', ':'}) {
      int at = text.indexOf(sign);
      while (at >= 0) {
        // What lies within a value is hidden with it; looking there again could take for ever.
        at = text.indexOf(sign, Math.max(at + 1, assignments.endOfValue(at)));
      }
    }
  }

  /** Where the value behind the sign ends, if it has a telling name; else 0. */
  private int endOfValue(int sign) {
    int end = sign - blanks(sign - 1, -1);
    if (end > 0 && isQuote(text.charAt(end - 1))) {
      end--;
    }
    int start = end;
    while (start > 0 && end - start < LONGEST_NAME && isNamePart(text.charAt(start - 1))) {
      start--;
    }
    if (end - start >= SHORTEST) {
      String name = text.substring(start, end).toLowerCase(Locale.ROOT);
      String letters = name.replace("_", "").replace("-", "");
      if (TELLING.stream().anyMatch(letters::contains)) {
        return value(start, sign + 1, letters.endsWith("authorization"));
      }
    }
    return 0;
  }

  private int value(int context, int from, boolean mayHaveScheme) {
    int start = from + blanks(from, 1);
    boolean quoted = start < text.length() && isQuote(text.charAt(start));
    char quote = quoted ? text.charAt(start) : '\n';
    if (quoted) {
      start++;
    }
    int end = start;
    while (end < text.length() && (quoted ? goesOn(end, quote) : isBare(text.charAt(end)))) {
      end++;
    }
    if (mayHaveScheme) {
      int blank = quoted ? text.indexOf(' ', start) : end;
      int token = blank < 0 ? start : blank + blanks(blank, 1);
      boolean schemed = token > blank && blank >= start && (!quoted || blank < end);
      if (schemed && token < text.length() && isBare(text.charAt(token))) {
        start = token;
        end = token;
        while (end < text.length() && isBare(text.charAt(end))) {
          end++;
        }
      }
    }
    if (end > start) {
      found.add(new Range(context, start, end));
    }
    return end;
  }

  private boolean goesOn(int at, char quote) {
    return text.charAt(at) != quote && text.charAt(at) != '\n';
  }

  /** How many blanks stand from there on in that direction, of those that are still counted. */
  private int blanks(int from, int direction) {
    int count = 0;
    for (int at = from; count < MOST_BLANKS && at >= 0 && at < text.length(); at += direction) {
      if (text.charAt(at) != ' ' && text.charAt(at) != '\t') {
        break;
      }
      count++;
    }
    return count;
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  private static boolean isNamePart(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }

  private static boolean isBare(char c) {
    return c > ' ' && !isQuote(c) && c != '&' && c != ',' && c != ';';
  }
}
