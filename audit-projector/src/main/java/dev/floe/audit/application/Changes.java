package dev.floe.audit.application;

import java.time.Duration;

/** Tells those who wait that the projections have changed. */
public final class Changes {

  private long count;

  /** A number that grows with every change. */
  public synchronized long count() {
    return count;
  }

  /** Something is stored. */
  public synchronized void happened() {
    count++;
    notifyAll();
  }

  /** Waits until something has changed since {@code seen}, or {@code limit} is over. */
  public synchronized void await(long seen, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (count <= seen) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }
}
