package dev.floe.local;

/** A word as it has to be typed, so that what is printed can be pasted. */
final class ShellWord {

  private ShellWord() {}

  static String of(Object word) {
    String text = word.toString();
    return text.matches("[A-Za-z0-9_@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
