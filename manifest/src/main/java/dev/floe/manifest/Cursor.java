package dev.floe.manifest;

/** Walks over one word and can say where in it something is wrong. */
final class Cursor {

  private final String kind;
  private final String text;
  private final String example;
  private int at;

  Cursor(String kind, String text, String example) {
    this.kind = kind;
    this.text = text;
    this.example = example;
  }

  boolean done() {
    return at >= text.length();
  }

  /** The character here, or NUL at the end. */
  char here() {
    return done() ? '\0' : text.charAt(at);
  }

  void step() {
    at++;
  }

  boolean take(String word) {
    if (!text.startsWith(word, at)) {
      return false;
    }
    at += word.length();
    return true;
  }

  void expect(char wanted, String why) {
    if (here() != wanted) {
      throw fail(why);
    }
    at++;
  }

  void skipSpaces() {
    while (here() == ' ') {
      at++;
    }
  }

  /** A decimal number without leading zeros. */
  long number(String name) {
    int start = at;
    while (here() >= '0' && here() <= '9') {
      at++;
    }
    String digits = text.substring(start, at);
    if (digits.isEmpty()) {
      throw fail(name + " must be a number");
    }
    if (digits.length() > 1 && digits.startsWith("0")) {
      at = start;
      throw fail(name + " has a leading zero");
    }
    if (digits.length() > 18) {
      at = start;
      throw fail(name + " is too large");
    }
    return Long.parseLong(digits);
  }

  int position() {
    return at;
  }

  String since(int start) {
    return text.substring(start, at);
  }

  InvalidWord fail(String why) {
    return fail(at, why);
  }

  InvalidWord fail(int position, String why) {
    return new InvalidWord(kind, text, position + 1, why, example);
  }
}
