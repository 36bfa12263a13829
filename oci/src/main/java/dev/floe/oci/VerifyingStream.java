package dev.floe.oci;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/**
 * Passes a blob through and checks it on the way: more bytes than promised fail at once, and the
 * last bytes are handed on only after size and digest have proven right.
 */
public final class VerifyingStream extends FilterInputStream {

  private final Descriptor expected;
  private final String action;
  private final String host;
  private final MessageDigest hash;
  private long read;
  private LongConsumer listener = _ -> {};
  private boolean proven;

  public VerifyingStream(InputStream in, Descriptor expected, String action, String host) {
    super(in);
    this.expected = expected;
    this.action = action;
    this.host = host;
    this.hash = expected.digest().newHash();
  }

  /** Tells the listener how many bytes have come, whenever some have. */
  public VerifyingStream reportingTo(LongConsumer position) {
    listener = position;
    return this;
  }

  public Descriptor expected() {
    return expected;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    int count = next(buffer, offset, length);
    if (count > 0) {
      read += count;
      if (read > expected.size()) {
        throw mismatch("more than the promised %d bytes came".formatted(expected.size()));
      }
      hash.update(buffer, offset, count);
      listener.accept(read);
    } else if (count < 0 && read < expected.size()) {
      throw trouble(
          RegistryTrouble.UNREACHABLE,
          "the content ended after %d of %d bytes".formatted(read, expected.size()));
    }
    if (read == expected.size() && !proven) {
      prove();
    }
    return count;
  }

  private int next(byte[] buffer, int offset, int length) {
    try {
      return in.read(buffer, offset, length);
    } catch (IOException e) {
      String detail =
          "the content broke off after %d of %d bytes (%s)"
              .formatted(read, expected.size(), e.getMessage());
      throw new RegistryException(RegistryTrouble.UNREACHABLE, action, host, detail, e);
    }
  }

  private void prove() {
    String found = HexFormat.of().formatHex(hash.digest());
    if (!found.equals(expected.digest().hex())) {
      throw mismatch(
          "the bytes that came are %s:%s".formatted(expected.digest().algorithm(), found));
    }
    if (next(new byte[1], 0, 1) >= 0) {
      throw mismatch("more than the promised %d bytes came".formatted(expected.size()));
    }
    proven = true;
  }

  private RegistryException mismatch(String detail) {
    return trouble(RegistryTrouble.DIGEST_MISMATCH, detail);
  }

  private RegistryException trouble(RegistryTrouble trouble, String detail) {
    return new RegistryException(trouble, action, host, detail);
  }

  @Override
  public long skip(long n) {
    return 0;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
