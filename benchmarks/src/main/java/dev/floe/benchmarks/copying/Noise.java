package dev.floe.benchmarks.copying;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Random;

/** Bytes that nothing compresses, the same for the same name, as fast as they can be copied. */
final class Noise extends InputStream {

  private final byte[] block = new byte[64 * 1024];
  private final long length;
  private long position;

  Noise(String name, long length) {
    this.length = length;
    new Random(name.hashCode()).nextBytes(block);
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int count) {
    if (position == length) {
      return -1;
    }
    int at = (int) (position % block.length);
    if (at == 0) {
      ByteBuffer.wrap(block).putLong(position);
    }
    int some = (int) Math.min(Math.min(count, block.length - at), length - position);
    System.arraycopy(block, at, buffer, offset, some);
    position += some;
    return some;
  }
}
