package dev.floe.cli.client;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A request's body that the other side has to take: sockets know no time-out for writing. A long
 * upload may take as long as it does, as long as it gets on.
 */
final class Heeded extends OutputStream {

  /** Getting on is measured by these: a write of more may rightly take longer. */
  private static final int PIECE = 64 * 1024;

  private final OutputStream out;
  private final Duration longest;
  private final Thread watch;
  private volatile long writingSince;
  private volatile boolean given;

  /**
   * Watches from now on.
   *
   * @param giveUp ends a write that takes longer than {@code longest}
   */
  Heeded(OutputStream out, Duration longest, Runnable giveUp) {
    this.out = out;
    this.longest = longest;
    this.watch = Thread.ofVirtual().name("upload watch").start(() -> watch(giveUp));
  }

  private void watch(Runnable giveUp) {
    try {
      while (true) {
        Thread.sleep(Math.max(1, longest.toMillis() / 10));
        long since = writingSince;
        if (since != 0 && System.nanoTime() - since > longest.toNanos()) {
          given = true;
          giveUp.run();
          return;
        }
      }
    } catch (InterruptedException _) {
      // All is written.
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int at = 0; at < length; at += PIECE) {
      int from = offset + at;
      int count = Math.min(PIECE, length - at);
      heeded(() -> out.write(bytes, from, count));
    }
  }

  @Override
  public void flush() throws IOException {
    heeded(out::flush);
  }

  /** Ends the body. */
  void complete() throws IOException {
    heeded(out::close);
  }

  private void heeded(Step step) throws IOException {
    writingSince = Math.max(1, System.nanoTime());
    try {
      step.run();
    } catch (IOException | RuntimeException failed) {
      if (given) {
        // HttpURLConnection does not expect to be cut off, and says so in one way or another.
        var late = new SocketTimeoutException("it takes no more bytes");
        late.initCause(failed);
        throw late;
      }
      throw failed;
    } finally {
      writingSince = 0;
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  /** Stops watching; only {@link #complete()} ends the body. */
  @Override
  public void close() {
    watch.interrupt();
  }
}
