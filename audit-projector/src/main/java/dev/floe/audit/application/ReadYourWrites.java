package dev.floe.audit.application;

import dev.floe.messaging.Position;
import java.time.Duration;
import java.util.function.ToLongFunction;

/** Lets a read wait until the projections have come as far as its asker has seen. */
public final class ReadYourWrites {

  private static final Duration SLICE = Duration.ofMillis(250);

  private final Changes changes;
  private final ToLongFunction<Position> stored;

  /**
   * @param stored the number of the last event that is stored of a position's topic and key
   */
  public ReadYourWrites(Changes changes, ToLongFunction<Position> stored) {
    this.changes = changes;
    this.stored = stored;
  }

  /** Whether {@code position} is stored, within {@code limit}. */
  public boolean reaches(Position position, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      long seen = changes.count();
      if (stored.applyAsLong(position) >= position.sequence()) {
        return true;
      }
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      Duration rest = Duration.ofNanos(left);
      changes.await(seen, rest.compareTo(SLICE) < 0 ? rest : SLICE);
    }
  }
}
