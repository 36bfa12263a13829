package dev.floe.messaging.journal;

import dev.floe.kernel.Recorded;
import dev.floe.messaging.Envelope;
import dev.floe.messaging.KeyPartition;
import dev.floe.messaging.LogReader;
import dev.floe.messaging.RecordPosition;
import dev.floe.messaging.avro.AvroWire;
import dev.floe.messaging.avro.RecordMapper;
import dev.floe.messaging.avro.Undecodable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A service's own events, read back from Kafka. */
final class EventLog<E> {

  private final LogReader reader;
  private final AvroWire wire;
  private final RecordMapper<E> events;
  private final JournalPlace place;

  EventLog(LogReader reader, AvroWire wire, RecordMapper<E> events, JournalPlace place) {
    this.reader = reader;
    this.wire = wire;
    this.events = events;
    this.place = place;
  }

  AvroWire wire() {
    return wire;
  }

  /** Folds everything committed about the keys of one commands partition. */
  <S> void replay(Fold<S, E> fold, int commandsPartition) {
    Predicate<String> mine =
        key ->
            place.keys().test(key)
                && KeyPartition.of(key, place.commands().partitions()) == commandsPartition;
    read(partitions(commandsPartition), mine, fold);
  }

  /** Offset of the oldest record that {@code source} still holds. */
  long beginning(TopicPartition source) {
    return reader.beginning(source);
  }

  /** Offset of what {@code source} will hold next. */
  long end(TopicPartition source) {
    return reader.ends(List.of(source)).getOrDefault(source, 0L);
  }

  /** Folds one subject again from its first event. */
  <S> void replay(Fold<S, E> fold, String key) {
    int partition = KeyPartition.of(key, place.events().partitions());
    read(List.of(new TopicPartition(place.events().name(), partition)), key::equals, fold);
  }

  /** {@code count} events of {@code key} that {@code commandId} caused, from {@code offset} on. */
  List<Stored<E>> caused(String key, String commandId, long offset, int count) {
    int partition = KeyPartition.of(key, place.events().partitions());
    var source = new TopicPartition(place.events().name(), partition);
    List<Stored<E>> found = new ArrayList<>();
    long end = reader.ends(List.of(source)).getOrDefault(source, 0L);
    reader.read(
        source,
        offset,
        end,
        place.group() + "-repeats",
        record -> {
          if (found.size() < count && isCause(record, key, commandId)) {
            found.add(new Stored<>(record.value(), decode(record).fact()));
          }
        });
    if (found.size() < count) {
      throw new IllegalStateException(
          "expected %d events of command %s from %s/%d on, found %d"
              .formatted(count, commandId, source, offset, found.size()));
    }
    return found;
  }

  /** An event with its bytes. */
  @SuppressWarnings("ArrayRecordComponent") // the bytes as Kafka takes them
  record Stored<E>(byte[] value, Recorded<E> fact) {}

  private record Read<E>(Envelope envelope, Recorded<E> fact) {}

  private static boolean isCause(
      ConsumerRecord<byte[], byte[]> record, String key, String commandId) {
    return key.equals(key(record))
        && Envelope.text(record.headers(), Envelope.CAUSATION).stream().anyMatch(commandId::equals);
  }

  private List<TopicPartition> partitions(int commandsPartition) {
    String topic = place.events().name();
    int count = place.events().partitions();
    if (count == place.commands().partitions()) {
      return List.of(new TopicPartition(topic, commandsPartition));
    }
    return LogReader.partitions(topic, count);
  }

  private <S> void read(List<TopicPartition> sources, Predicate<String> keys, Fold<S, E> fold) {
    reader.read(
        sources,
        place.group() + "-rebuild",
        record -> {
          if (keys.test(key(record))) {
            fold(fold, record);
          }
        });
  }

  private <S> void fold(Fold<S, E> fold, ConsumerRecord<byte[], byte[]> record) {
    Read<E> read;
    try {
      read = decode(record);
    } catch (IllegalStateException broken) {
      fold.halt(key(record), broken);
      return;
    }
    fold.fold(read.envelope(), read.fact(), position(record));
  }

  private Read<E> decode(ConsumerRecord<byte[], byte[]> record) {
    try {
      var envelope = Envelope.read(record.headers());
      if (envelope.numbers() == null) {
        throw new Envelope.Incomplete("the header %s is missing".formatted(Envelope.SEQUENCE));
      }
      E event = events.read(wire.decode(record.value()).record());
      return new Read<>(envelope, recorded(envelope, key(record), event));
    } catch (Envelope.Incomplete | Undecodable | RecordMapper.Unmapped broken) {
      throw new IllegalStateException(
          "the event at %s cannot be read: %s".formatted(position(record), broken.getMessage()),
          broken);
    }
  }

  static <E> Recorded<E> recorded(Envelope envelope, String key, E event) {
    long sequence = envelope.numbers() == null ? 0 : envelope.numbers().sequence();
    String cause = envelope.causation() == null ? "" : envelope.causation();
    return new Recorded<>(
        envelope.id(), key, sequence, envelope.time(), envelope.by(), cause, event);
  }

  /** A missing key is the empty one; no event of ours has it. */
  static String key(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
  }

  static RecordPosition position(ConsumerRecord<?, ?> record) {
    return new RecordPosition(record.topic(), record.partition(), record.offset());
  }
}
