package dev.floe.gate.adapter.process;

import dev.floe.manifest.Digest;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Takes a gate's output as it comes and keeps what may be known of it, in constant memory. */
final class OutputCapture {

  /** What is left of the output when all of it was seen. */
  record Captured(String tail, Digest digest, long bytes) {}

  /** How many bytes of the redacted output's end are kept. */
  static final int TAIL_BYTES = 8 * 1024;

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final CharBuffer decoded = CharBuffer.allocate(64 * 1024);
  private final PlainText plainText = new PlainText();
  private final StringBuilder cleaned = new StringBuilder();
  private final Redactor redactor;
  private final MessageDigest hash = sha256();
  private final byte[] ring = new byte[TAIL_BYTES];

  private long shownBytes;
  private long bytes;

  OutputCapture(SecretFinder secrets) {
    redactor = new Redactor(secrets, this::keep);
  }

  /** Takes all complete characters out of the buffer and compacts it. */
  void accept(ByteBuffer piece) {
    decode(piece, false);
    piece.compact();
  }

  /** Counts what was read, which the caller knows and a partly decoded buffer does not. */
  void count(int read) {
    bytes += read;
  }

  Captured finish(ByteBuffer rest) {
    decode(rest, true);
    decoder.flush(decoded);
    clean();
    redactor.finish();
    Digest digest = new Digest("sha256", HexFormat.of().formatHex(hash.digest()));
    return new Captured(tail(), digest, bytes);
  }

  private void decode(ByteBuffer piece, boolean last) {
    while (decoder.decode(piece, decoded, last).isOverflow()) {
      clean();
    }
    clean();
  }

  private void clean() {
    cleaned.setLength(0);
    plainText.clean(decoded.array(), decoded.position(), cleaned);
    decoded.clear();
    redactor.accept(cleaned);
  }

  private void keep(String shown) {
    byte[] encoded = shown.getBytes(StandardCharsets.UTF_8);
    hash.update(encoded);
    int from = Math.max(0, encoded.length - TAIL_BYTES);
    shownBytes += from;
    for (int i = from; i < encoded.length; ) {
      int at = (int) (shownBytes % TAIL_BYTES);
      int length = Math.min(encoded.length - i, TAIL_BYTES - at);
      System.arraycopy(encoded, i, ring, at, length);
      shownBytes += length;
      i += length;
    }
  }

  /**
   * The end of what is shown; if something came before, from the start of a line if there is one.
   */
  private String tail() {
    if (shownBytes <= TAIL_BYTES) {
      return new String(ring, 0, (int) shownBytes, StandardCharsets.UTF_8).strip();
    }
    byte[] ordered = new byte[TAIL_BYTES];
    int at = (int) (shownBytes % TAIL_BYTES);
    System.arraycopy(ring, at, ordered, 0, TAIL_BYTES - at);
    System.arraycopy(ring, 0, ordered, TAIL_BYTES - at, at);
    int start = 0;
    while (start < TAIL_BYTES && (ordered[start] & 0xC0) == 0x80) {
      start++;
    }
    String tail = new String(ordered, start, TAIL_BYTES - start, StandardCharsets.UTF_8);
    int line = tail.indexOf('\n');
    return (line >= 0 && line < tail.length() - 1 ? tail.substring(line + 1) : tail).strip();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime lacks SHA-256", e);
    }
  }
}
