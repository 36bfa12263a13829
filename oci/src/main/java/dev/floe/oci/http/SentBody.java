package dev.floe.oci.http;

import dev.floe.oci.BlobSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** A blob on its way, opened when the connection is ready for it. */
final class SentBody extends AbstractHttpEntity {

  /** Large enough that a blob costs few system calls, small enough for hundreds of transfers. */
  private static final int BUFFER = 64 * 1024;

  private final BlobSource source;
  private final long size;
  private final Watch watch;

  private final Duration commit;

  /**
   * @param commit how long the answer may take when everything has gone
   */
  SentBody(BlobSource source, long size, Watch watch, Duration commit) {
    super((String) null, null);
    this.source = source;
    this.size = size;
    this.watch = watch;
    this.commit = commit;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    long sent = 0;
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = source.open()) {
      int count;
      while ((count = in.read(buffer)) >= 0) {
        sent += count;
        if (sent > size) {
          throw new IOException("the content is longer than %d bytes".formatted(size));
        }
        watch.moved();
        out.write(buffer, 0, count);
        watch.moved();
        watch.checkTotal();
      }
    }
    if (sent < size) {
      throw new IOException("the content ended after %d of %d bytes".formatted(sent, size));
    }
    watch.bear(commit);
  }

  @Override
  public InputStream getContent() throws IOException {
    return source.open();
  }

  @Override
  public long getContentLength() {
    return size;
  }

  @Override
  public boolean isStreaming() {
    return true;
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public void close() {
    // The source is closed where it is opened.
  }
}
