package dev.floe.messaging.journal;

import dev.floe.messaging.Verification.Life;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The verified commands of one partition, whatever came of them, for as long as their tokens live:
 * whoever reads the topic has the tokens too, and must not get anything decided with them.
 *
 * <p>Its size is bounded. Where more tokens live than it holds, the oldest are forgotten, and what
 * was issued no later than they were is refused rather than taken for new.
 */
final class Seen {

  /** How many commands are held: some forty megabytes. */
  static final int MOST = 200_000;

  /** How far the clocks of two brokers may be apart. */
  static final Duration MARGIN = Duration.ofMinutes(5);

  private static final int FIRST_SWEEP = 1_024;

  private final Map<String, First> firsts = new LinkedHashMap<>();
  private final int most;
  private int sweepAt;
  private Instant forgotten = Instant.MIN;

  /**
   * The first record of a command.
   *
   * @param at the broker's time for it
   */
  record First(Instant at, Life life) {}

  Seen() {
    this(MOST);
  }

  Seen(int most) {
    this.most = most;
    this.sweepAt = Math.min(most, FIRST_SWEEP);
  }

  @Nullable First of(String subject, String id) {
    return firsts.get(key(subject, id));
  }

  /** A verified command was taken in; of several with one id the longest life counts. */
  void add(String subject, String id, Instant at, Life life) {
    firsts.merge(key(subject, id), new First(at, life), Seen::longer);
    if (firsts.size() >= sweepAt) {
      sweep(at);
    }
  }

  /** Whether a command with this token may have been taken in and forgotten. */
  boolean mayHaveForgotten(Life life) {
    return !life.issued().isAfter(forgotten);
  }

  int size() {
    return firsts.size();
  }

  private void sweep(Instant now) {
    firsts.values().removeIf(first -> first.life().expires().plus(MARGIN).isBefore(now));
    Iterator<First> oldest = firsts.values().iterator();
    // A quarter at once: going through all of them for each command would be a way to stop it.
    int kept = firsts.size() < most ? most : most - most / 4;
    while (firsts.size() > kept) {
      Instant issued = oldest.next().life().issued();
      forgotten = issued.isAfter(forgotten) ? issued : forgotten;
      oldest.remove();
    }
    sweepAt = Math.min(most, Math.max(FIRST_SWEEP, firsts.size() * 2));
  }

  private static First longer(First before, First again) {
    return again.life().expires().isAfter(before.life().expires())
        ? new First(before.at(), again.life())
        : before;
  }

  private static String key(String subject, String id) {
    return subject + '\n' + id;
  }
}
