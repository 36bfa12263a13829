package dev.floe.messaging.feed;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Where a feed's records go; it keeps the offsets with them. */
@FunctionalInterface
public interface FeedStore {

  /**
   * Stores {@code records} and {@code next} together; returning means that both are kept. What it
   * throws is retried with the same records.
   *
   * @param next for each partition in this batch the offset to begin with after a restart
   */
  void store(List<FeedRecord> records, Map<TopicPartition, Long> next) throws Exception;
}
