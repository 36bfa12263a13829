package dev.floe.oci.http;

import java.io.FilterInputStream;
import java.io.IOException;

/** A blob's body; closing it early gives the connection up instead of reading the rest. */
final class BlobBody extends FilterInputStream {

  private final Answer answer;
  private boolean ended;

  BlobBody(Answer answer) {
    super(answer.body());
    this.answer = answer;
  }

  @Override
  public int read() throws IOException {
    int one = in.read();
    ended |= one < 0;
    return one;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = in.read(buffer, offset, length);
    ended |= count < 0;
    return count;
  }

  @Override
  public void close() throws IOException {
    if (ended) {
      in.close();
    } else {
      answer.abandon();
    }
  }
}
