package dev.floe.messaging.feed;

import dev.floe.messaging.Envelope;
import dev.floe.messaging.LogReader;
import dev.floe.messaging.journal.JournalPlace;
import dev.floe.schemas.Topic;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Where reactions begin in partitions whose offsets Kafka does not know: one after the last event
 * that had a consequence, else at the beginning; never at the end.
 */
final class ReactionStarts {

  private final LogReader reader;
  private final JournalPlace place;
  private final Map<String, Integer> counts = new HashMap<>();

  ReactionStarts(LogReader reader, JournalPlace place, List<Topic> sources) {
    this.reader = reader;
    this.place = place;
    sources.forEach(topic -> counts.put(topic.name(), topic.partitions()));
  }

  Map<TopicPartition, Long> of(Set<TopicPartition> unknown) {
    Map<TopicPartition, Long> starts = new HashMap<>();
    if (unknown.isEmpty()) {
      return starts;
    }
    unknown.forEach(partition -> starts.put(partition, reader.beginning(partition)));
    reader.read(
        consequences(unknown),
        place.group() + "-reactions-starts",
        record ->
            Envelope.position(record.headers(), Envelope.SOURCE_POSITION)
                .ifPresent(
                    cause ->
                        starts.computeIfPresent(
                            new TopicPartition(cause.topic(), cause.partition()),
                            (_, start) -> Math.max(start, cause.offset() + 1))));
    return starts;
  }

  /** Topics with as many partitions as the own one keep a key in the partition of its number. */
  private Set<TopicPartition> consequences(Set<TopicPartition> unknown) {
    int own = place.events().partitions();
    String topic = place.events().name();
    Set<TopicPartition> partitions = new HashSet<>();
    for (TopicPartition partition : unknown) {
      if (counts.getOrDefault(partition.topic(), 0) != own) {
        return Set.copyOf(LogReader.partitions(topic, own));
      }
      partitions.add(new TopicPartition(topic, partition.partition()));
    }
    return partitions;
  }
}
