package dev.floe.messaging.journal;

import java.time.Duration;

/**
 * How long a journal waits.
 *
 * @param answer for the answer to a command
 * @param session until a silent instance loses its partitions
 * @param poll until an instance that does not come back from a batch loses its partitions
 */
public record JournalTiming(Duration answer, Duration session, Duration poll) {

  /** 10 s for an answer, 6 s of silence, a minute for a batch. */
  public static final JournalTiming DEFAULT =
      new JournalTiming(Duration.ofSeconds(10), Duration.ofSeconds(6), Duration.ofMinutes(1));
}
