package dev.floe.messaging.journal;

import dev.floe.kernel.Recorded;
import java.util.List;
import java.util.Map;

/**
 * Hears what happens on the partitions that this instance owns; workers start their effects from
 * it.
 *
 * <p>Called on the journal's own threads, in order for each partition: hand work off, do not block.
 * After trouble with a transaction a partition is revoked and assigned again, for then nobody knows
 * which of its events were told.
 */
public interface JournalObserver<S, E> {

  /** {@code partition} is this instance's, and this is the state of every subject in it. */
  default void assigned(int partition, Map<String, S> states) {}

  /** These are committed; they are of one partition. */
  default void recorded(List<Recorded<E>> facts) {}

  /** {@code partition} is another's, or nobody's. */
  default void revoked(int partition) {}
}
