package dev.floe.messaging.feed;

import dev.floe.messaging.Unavailable;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Where a feed's records go; it keeps the offsets with them. */
@FunctionalInterface
public interface FeedStore {

  /**
   * Stores {@code records} and {@code next} together; returning means that both are kept. After
   * what it throws the same records come again, and then one by one; one that fails three times
   * alone comes as {@link FeedRecord#unreadable}.
   *
   * @param next for each partition in this batch the offset to begin with after a restart
   */
  void store(List<FeedRecord> records, Map<TopicPartition, Long> next) throws Exception;

  /** Whether a failure says nothing about the records: it is tried for ever. */
  default boolean isUnavailable(Throwable failure) {
    return Unavailable.is(failure);
  }
}
