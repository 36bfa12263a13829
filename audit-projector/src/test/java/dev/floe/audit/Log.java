package dev.floe.audit;

import static java.util.Objects.requireNonNull;

import dev.floe.messaging.Envelope;
import dev.floe.messaging.Envelope.Numbers;
import dev.floe.messaging.KeyPartition;
import dev.floe.messaging.RecordPosition;
import dev.floe.messaging.SequenceGuard;
import dev.floe.messaging.avro.AvroWire;
import dev.floe.messaging.avro.InMemorySchemaRegistry;
import dev.floe.messaging.avro.Undecodable;
import dev.floe.messaging.feed.FeedRecord;
import dev.floe.schemas.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** A log without a broker: gives stories their places, as a feed would hand them over. */
public final class Log {

  private final AvroWire wire = new AvroWire(new InMemorySchemaRegistry());
  private final Map<TopicPartition, Long> offsets = new HashMap<>();
  private final Map<List<String>, Long> sequences = new HashMap<>();
  private final SequenceGuard guard = new SequenceGuard((_, _) -> Optional.of(new Numbers(0, 0)));

  /** The headers of an event, numbered {@code sequence}. */
  public static Envelope envelope(Said said, long sequence) {
    Object promotion =
        said.body().getSchema().getField("promotion") == null
            ? null
            : said.body().get(said.body().getSchema().getField("promotion").pos());
    return new Envelope(
        said.id(),
        said.body().getSchema().getFullName(),
        "/floe/test",
        promotion == null ? said.artifact() : promotion.toString(),
        said.at(),
        promotion == null ? null : promotion.toString(),
        "cause-of-" + said.id(),
        said.by(),
        new Numbers(sequence, 1),
        null,
        null,
        null);
  }

  /** The records of {@code told}, each behind what its partition holds already. */
  public List<FeedRecord> append(Collection<Said> told) {
    return told.stream().map(this::append).toList();
  }

  /** A record that a reaction to the event at {@code source} led to. */
  public FeedRecord appendAfter(Said said, RecordPosition source) {
    FeedRecord plain = append(said);
    Envelope e = requireNonNull(plain.envelope());
    var envelope =
        new Envelope(
            e.id(),
            e.type(),
            e.source(),
            e.subject(),
            e.time(),
            e.correlation(),
            e.causation(),
            e.by(),
            e.numbers(),
            e.causePosition(),
            source,
            e.traceparent());
    return new FeedRecord(
        plain.topic(),
        plain.partition(),
        plain.offset(),
        plain.timestamp(),
        plain.key(),
        envelope.headers(),
        plain.value(),
        envelope,
        plain.decoded(),
        plain.verdict(),
        plain.problem());
  }

  private FeedRecord append(Said said) {
    return append(
        said, sequences.merge(List.of(said.topic().name(), said.artifact()), 1L, Long::sum));
  }

  /** A record with a number of the writer's choosing. */
  public FeedRecord append(Said said, long sequence) {
    int partition =
        KeyPartition.of(said.artifact(), said.topic().in(Topics.ON_A_CLUSTER).partitions());
    var place = new TopicPartition(said.topic().name(), partition);
    long offset = offsets.merge(place, 1L, Long::sum) - 1;
    Envelope envelope = envelope(said, sequence);
    byte[] value = wire.encode(said.topic().name(), said.body());
    List<Header> headers = envelope.headers();
    try {
      return new FeedRecord(
          place.topic(),
          partition,
          offset,
          said.at().plusMillis(1),
          said.artifact(),
          headers,
          value,
          envelope,
          wire.decode(value),
          guard.check(place.topic(), said.artifact(), new Numbers(sequence, 1)),
          null);
    } catch (Undecodable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** What a feed says beside a batch: the offsets to go on with. */
  public static Map<TopicPartition, Long> next(Collection<FeedRecord> records) {
    Map<TopicPartition, Long> next = new HashMap<>();
    for (FeedRecord record : records) {
      next.merge(
          new TopicPartition(record.topic(), record.partition()), record.offset() + 1, Math::max);
    }
    return next;
  }

  /** {@code records} in another order that a reader of several partitions may see. */
  public static List<FeedRecord> interleaved(List<FeedRecord> records, Random random) {
    Map<TopicPartition, List<FeedRecord>> partitions = new LinkedHashMap<>();
    for (FeedRecord record : records) {
      partitions
          .computeIfAbsent(
              new TopicPartition(record.topic(), record.partition()), _ -> new ArrayList<>())
          .add(record);
    }
    List<List<FeedRecord>> rest = new ArrayList<>(partitions.values());
    List<FeedRecord> mixed = new ArrayList<>();
    while (!rest.isEmpty()) {
      List<FeedRecord> one = rest.get(random.nextInt(rest.size()));
      mixed.add(one.removeFirst());
      if (one.isEmpty()) {
        rest.remove(one);
      }
    }
    return mixed;
  }
}
