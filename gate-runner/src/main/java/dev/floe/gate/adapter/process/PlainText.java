package dev.floe.gate.adapter.process;

/**
 * Turns what a program wrote for a terminal into text that is safe to show: escape sequences,
 * control and formatting characters go, line ends become {@code \n}. It may be fed in any pieces.
 */
final class PlainText {

  /** Where in an escape sequence the text stands. */
  private enum State {
    TEXT,
    AFTER_RETURN,
    /** After the first half of a character that is written as two. */
    HALF,
    ESCAPE,
    /** Parameters of a control sequence, up to its final letter. */
    SEQUENCE,
    /** A string for the terminal, such as a window title, up to BEL or ST. */
    STRING,
    STRING_ESCAPE
  }

  /** Sequences that go on for longer were none; what follows is text again. */
  private static final int LONGEST_SEQUENCE = 4096;

  private static final char ESC = 0x1b;
  private static final char BEL = 0x07;
  private static final char CSI = 0x9b;

  private State state = State.TEXT;
  private int sequence;
  private char high;

  /** Appends what is left of the text. */
  void clean(String text, StringBuilder to) {
    clean(text.toCharArray(), text.length(), to);
  }

  /** Appends what is left of the first characters; runs of plain ones are copied as a whole. */
  void clean(char[] piece, int length, StringBuilder to) {
    for (int i = 0; i < length; i++) {
      int run = i;
      while (state == State.TEXT && i < length && isPlain(piece[i])) {
        i++;
      }
      to.append(piece, run, i - run);
      if (i < length) {
        accept(piece[i], to);
      }
    }
  }

  private static boolean isPlain(char c) {
    return (c >= ' ' && c < 0x7f) || c == '\n';
  }

  private void accept(char c, StringBuilder to) {
    if (state == State.AFTER_RETURN) {
      state = State.TEXT;
      if (c == '\n') {
        return;
      }
    }
    if (state == State.TEXT) {
      text(c, to);
    } else if (state == State.HALF) {
      half(c, to);
    } else {
      state = ++sequence > LONGEST_SEQUENCE ? State.TEXT : next(c);
    }
  }

  private void text(char c, StringBuilder to) {
    if (isPlain(c) || c == '\t') {
      to.append(c);
    } else if (c == '\r') {
      to.append('\n');
      state = State.AFTER_RETURN;
    } else if (c == ESC) {
      enter(State.ESCAPE);
    } else if (c == CSI) {
      enter(State.SEQUENCE);
    } else if (Character.isHighSurrogate(c)) {
      high = c;
      enter(State.HALF);
    } else if (c > 0x9f) {
      append(c, to);
    }
  }

  /** The second half of a character; a half without its other one goes. */
  private void half(char c, StringBuilder to) {
    state = State.TEXT;
    if (Character.isLowSurrogate(c)) {
      append(Character.toCodePoint(high, c), to);
    } else {
      text(c, to);
    }
  }

  private static void append(int character, StringBuilder to) {
    switch (Character.getType(character)) {
      case Character.FORMAT, Character.SURROGATE -> {
        // Says nothing to people, or misleads them.
      }
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> to.append('\n');
      default -> to.appendCodePoint(character);
    }
  }

  private void enter(State entered) {
    state = entered;
    sequence = 0;
  }

  private State next(char c) {
    return switch (state) {
      case ESCAPE -> afterEscape(c);
      case SEQUENCE -> c >= 0x40 && c <= 0x7e ? State.TEXT : State.SEQUENCE;
      case STRING -> c == BEL ? State.TEXT : c == ESC ? State.STRING_ESCAPE : State.STRING;
      case STRING_ESCAPE -> c == '\\' ? State.TEXT : State.STRING;
      case TEXT, AFTER_RETURN, HALF -> State.TEXT;
    };
  }

  private static State afterEscape(char c) {
    return switch (c) {
      case '[' -> State.SEQUENCE;
      case ']', 'P', 'X', '^', '_' -> State.STRING;
      case ESC -> State.ESCAPE;
      // Intermediate bytes of a short sequence such as a character set switch.
      default -> c >= 0x20 && c <= 0x2f ? State.ESCAPE : State.TEXT;
    };
  }
}
