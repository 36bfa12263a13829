package dev.floe.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** A C2SP signed note taken apart, nothing verified: the text and the signature lines under it. */
record SignedNote(String text, List<Line> signatures) {

  private static final String SEPARATOR = "\n\n";
  private static final String DASH = "— ";

  /** What notes hold beyond this is no checkpoint, and signatures are cheap to add. */
  private static final int MOST_SIGNATURES = 100;

  SignedNote {
    signatures = List.copyOf(signatures);
  }

  static SignedNote parse(String note) {
    int separator = note.lastIndexOf(SEPARATOR);
    if (separator < 0 || !note.endsWith("\n")) {
      throw new InvalidNote("not a signed note: no empty line before the signatures");
    }
    String text = note.substring(0, separator + 1);
    try {
      checkText(text);
    } catch (IllegalArgumentException bad) {
      throw new InvalidNote("not a signed note: " + bad.getMessage());
    }
    String below = note.substring(separator + SEPARATOR.length());
    if (below.isEmpty()) {
      throw new InvalidNote("the note is not signed");
    }
    List<Line> lines = new ArrayList<>();
    for (String line : below.substring(0, below.length() - 1).split("\n", -1)) {
      lines.add(Line.parse(line));
      if (lines.size() > MOST_SIGNATURES) {
        throw new InvalidNote("the note has more than %d signatures".formatted(MOST_SIGNATURES));
      }
    }
    return new SignedNote(text, lines);
  }

  static void checkText(String text) {
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("a note's text ends with a line end");
    }
    if (text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
      throw new IllegalArgumentException("a note's text has no control characters");
    }
  }

  /** One signature: whose, as the line claims, and its bytes. */
  static final class Line {

    private final String name;
    private final byte[] hash;
    private final byte[] signature;

    private Line(String name, byte[] hash, byte[] signature) {
      this.name = name;
      this.hash = hash;
      this.signature = signature;
    }

    static Line parse(String line) {
      int space = line.indexOf(' ', DASH.length());
      if (!line.startsWith(DASH) || space < 0) {
        throw new InvalidNote("malformed signature line: '%s'".formatted(line));
      }
      byte[] signed = decode(line.substring(space + 1), line);
      if (signed.length <= NoteKey.HASH_LENGTH) {
        throw new InvalidNote("the signature line is too short: '%s'".formatted(line));
      }
      return new Line(
          line.substring(DASH.length(), space),
          Arrays.copyOf(signed, NoteKey.HASH_LENGTH),
          Arrays.copyOfRange(signed, NoteKey.HASH_LENGTH, signed.length));
    }

    boolean isBy(String otherName, byte[] otherHash) {
      return name.equals(otherName) && Arrays.equals(hash, otherHash);
    }

    byte[] signature() {
      return signature;
    }

    private static byte[] decode(String base64, String line) {
      try {
        return Base64.getDecoder().decode(base64);
      } catch (IllegalArgumentException bad) {
        throw new InvalidNote("not base64 in the signature line: '%s'".formatted(line));
      }
    }
  }
}
