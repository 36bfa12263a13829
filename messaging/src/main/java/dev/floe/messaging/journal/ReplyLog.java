package dev.floe.messaging.journal;

import dev.floe.messaging.Envelope;
import dev.floe.messaging.KeyPartition;
import dev.floe.messaging.LogReader;
import dev.floe.messaging.avro.AvroWire;
import dev.floe.messaging.avro.Undecodable;
import dev.floe.messaging.journal.Fold.Told;
import dev.floe.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A journal's answers, read back from {@code floe.replies} while they are kept there. */
final class ReplyLog {

  /** How far the clock of a service may be behind the broker's. */
  private static final Duration MARGIN = Duration.ofMinutes(5);

  private final LogReader reader;
  private final AvroWire wire;
  private final JournalPlace place;
  private final Topic topic;

  /**
   * @param topic {@code floe.replies}, as it is on this installation
   */
  ReplyLog(LogReader reader, AvroWire wire, JournalPlace place, Topic topic) {
    this.reader = reader;
    this.wire = wire;
    this.place = place;
    this.topic = topic;
  }

  /** The first committed answer to a command that was taken in at {@code since}. */
  Optional<Told> to(String subject, String commandId, Instant since) {
    int partition = KeyPartition.of(commandId, topic.partitions());
    var source = new TopicPartition(topic.name(), partition);
    List<Told> found = new ArrayList<>();
    OptionalLong from = reader.offsetAt(source, since.minus(MARGIN));
    if (from.isPresent()) {
      reader.read(
          source,
          from.getAsLong(),
          reader.ends(List.of(source)).getOrDefault(source, 0L),
          place.group() + "-repeats",
          record -> {
            if (found.isEmpty() && commandId.equals(EventLog.key(record))) {
              read(record, subject).ifPresent(found::add);
            }
          });
    }
    return found.stream().findFirst();
  }

  private Optional<Told> read(ConsumerRecord<byte[], byte[]> record, String subject) {
    try {
      var envelope = Envelope.read(record.headers());
      boolean own = envelope.source().equals(place.source()) && envelope.subject().equals(subject);
      return own
          ? Optional.of(new Told(wire.decode(record.value()).record(), envelope.by()))
          : Optional.empty();
    } catch (Envelope.Incomplete | Undecodable foreign) {
      return Optional.empty();
    }
  }
}
