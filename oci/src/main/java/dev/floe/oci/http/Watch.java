package dev.floe.oci.http;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps time over one exchange. A socket can only limit a single read: a peer that takes no bytes,
 * or sends a header bit by bit, would hold it for ever. While the answer's head has not come, the
 * watch cuts the connection; afterwards the reader asks it before every read.
 */
final class Watch implements AutoCloseable {

  private static final ScheduledThreadPoolExecutor CLOCK = clock();

  private final Runnable hangUp;
  private volatile Duration idle;
  private final Duration total;
  private final long startedAt = System.nanoTime();
  private final ScheduledFuture<?> ticking;
  private volatile long movedAt = startedAt;
  private volatile @Nullable String expired;

  @SuppressWarnings("this-escape")
  Watch(Runnable hangUp, Duration idle, Duration total) {
    this.hangUp = hangUp;
    this.idle = idle;
    this.total = total;
    long period = Math.clamp(idle.toMillis() / 4, 10, 1_000);
    this.ticking = CLOCK.scheduleAtFixedRate(this::tick, period, period, TimeUnit.MILLISECONDS);
  }

  private static ScheduledThreadPoolExecutor clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("registry-watch").factory());
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  /** Runs the work now and then for as long as the process lives. */
  static void every(Duration period, Runnable work) {
    long millis = period.toMillis();
    ScheduledFuture<?> _ =
        CLOCK.scheduleAtFixedRate(
            () -> Thread.startVirtualThread(work), millis, millis, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    String late = late();
    if (late != null) {
      expired = late;
      ticking.cancel(false);
      // Closing a TLS connection may block; the clock must not.
      Thread.startVirtualThread(hangUp);
    }
  }

  private @Nullable String late() {
    long now = System.nanoTime();
    if (now - startedAt > total.toNanos()) {
      return "it took longer than " + total.toMillis() + " ms";
    }
    if (now - movedAt > idle.toNanos()) {
      return "nothing moved for " + idle.toMillis() + " ms";
    }
    return null;
  }

  /** Bytes have gone or come. */
  void moved() {
    movedAt = System.nanoTime();
  }

  /** From now on nothing has to move for so long, if that is longer. */
  void bear(Duration silence) {
    if (silence.compareTo(idle) > 0) {
      idle = silence;
    }
    moved();
  }

  /** The answer's head is here: from now on the reader keeps the time. */
  @Override
  public void close() {
    ticking.cancel(false);
  }

  /** Why the exchange is over its time, if it is. */
  @Nullable String expired() {
    return expired;
  }

  void checkTotal() throws InterruptedIOException {
    if (System.nanoTime() - startedAt > total.toNanos()) {
      throw new InterruptedIOException("it took longer than " + total.toMillis() + " ms");
    }
  }
}
