package dev.floe.manifest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits a command into words as a POSIX shell does: by blanks, minding quotes and backslashes.
 *
 * <p>Nothing is expanded, and nothing but quotes and backslashes is special: {@code $HOME}, {@code
 * |} and {@code #} are ordinary characters.
 */
public final class ShellWords {

  private static final String EXAMPLE = "make test 'a word with blanks'";

  private final String text;
  private final List<String> words = new ArrayList<>();
  private @Nullable StringBuilder word;
  private int at;

  private ShellWords(String text) {
    this.text = text;
  }

  /**
   * Splits a command into its words.
   *
   * @throws InvalidWord at the quote that is never closed, or the backslash that nothing follows
   */
  public static List<String> split(String text) {
    return new ShellWords(text).split();
  }

  private List<String> split() {
    while (at < text.length()) {
      char c = text.charAt(at);
      switch (c) {
        case ' ', '\t', '\n' -> endWord();
        case '\'' -> singleQuoted();
        case '"' -> doubleQuoted();
        case '\\' -> escaped();
        default -> word().append(c);
      }
      at++;
    }
    endWord();
    return List.copyOf(words);
  }

  private StringBuilder word() {
    if (word == null) {
      word = new StringBuilder();
    }
    return word;
  }

  private void endWord() {
    if (word != null) {
      words.add(word.toString());
      word = null;
    }
  }

  private void singleQuoted() {
    int end = text.indexOf('\'', at + 1);
    if (end < 0) {
      throw fail(at, "this single quote is never closed");
    }
    word().append(text, at + 1, end);
    at = end;
  }

  private void doubleQuoted() {
    int start = at;
    StringBuilder into = word();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        return;
      }
      if (c == '\\' && at + 1 < text.length() && "$`\"\\\n".indexOf(text.charAt(at + 1)) >= 0) {
        at++;
        c = text.charAt(at);
        if (c == '\n') {
          continue;
        }
      }
      into.append(c);
    }
    throw fail(start, "this double quote is never closed");
  }

  private void escaped() {
    if (at + 1 >= text.length()) {
      throw fail(at, "nothing follows this backslash");
    }
    at++;
    if (text.charAt(at) != '\n') {
      word().append(text.charAt(at));
    }
  }

  private InvalidWord fail(int position, String why) {
    return new InvalidWord("command", text, position + 1, why, EXAMPLE);
  }
}
