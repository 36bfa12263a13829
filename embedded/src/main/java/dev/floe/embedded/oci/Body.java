package dev.floe.embedded.oci;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a response carries: bytes of known number, read only when they are sent. */
public final class Body {

  static final Body NONE = new Body(0, InputStream::nullInputStream);

  private final long length;
  private final Opening opening;

  private Body(long length, Opening opening) {
    this.length = length;
    this.opening = opening;
  }

  private interface Opening {
    InputStream open() throws IOException;
  }

  static Body of(byte[] bytes) {
    return new Body(bytes.length, () -> new ByteArrayInputStream(bytes));
  }

  static Body of(Path file, long offset, long length) {
    return new Body(length, () -> slice(file, offset, length));
  }

  public long length() {
    return length;
  }

  /** The caller closes it. */
  public InputStream open() throws IOException {
    return opening.open();
  }

  public void writeTo(OutputStream out) throws IOException {
    try (InputStream in = open()) {
      in.transferTo(out);
    }
  }

  private static InputStream slice(Path file, long offset, long length) throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      in.skipNBytes(offset);
    } catch (IOException e) {
      in.close();
      throw e;
    }
    return new Slice(in, length);
  }

  private static final class Slice extends FilterInputStream {
    private long left;

    Slice(InputStream in, long length) {
      super(in);
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      int read = left == 0 ? -1 : super.read();
      left -= read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left == 0 && length > 0) {
        return -1;
      }
      int read = super.read(buffer, offset, (int) Math.min(length, left));
      left -= Math.max(read, 0);
      return read;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = super.skip(Math.min(count, left));
      left -= skipped;
      return skipped;
    }

    @Override
    public int available() throws IOException {
      return (int) Math.min(super.available(), left);
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
