package dev.floe.messaging;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads everything committed in some partitions, from their beginning to their present end. */
public final class LogReader {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final long TIMEOUT_S = 30;

  private final KafkaConnection kafka;
  private final Admin admin;

  /**
   * @param admin stays the caller's to close
   */
  public LogReader(KafkaConnection kafka, Admin admin) {
    this.kafka = kafka;
    this.admin = admin;
  }

  /** Every partition of a topic with {@code count} of them. */
  public static List<TopicPartition> partitions(String topic, int count) {
    return IntStream.range(0, count).mapToObj(each -> new TopicPartition(topic, each)).toList();
  }

  /**
   * Hands over every committed record before the high watermark, in order for each partition.
   *
   * @param clientId names the reader in the broker's metrics
   */
  public void read(
      Collection<TopicPartition> sources,
      String clientId,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> record) {
    Map<TopicPartition, Long> begin = offsets(sources, OffsetSpec.earliest());
    Map<TopicPartition, Long> end = ends(sources);
    end.entrySet().removeIf(entry -> entry.getValue() <= begin.getOrDefault(entry.getKey(), 0L));
    if (end.isEmpty()) {
      return;
    }
    try (Consumer<byte[], byte[]> consumer = kafka.consumer(clientId)) {
      consumer.assign(end.keySet());
      consumer.seekToBeginning(end.keySet());
      while (!end.isEmpty()) {
        for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
          Long until = end.get(new TopicPartition(found.topic(), found.partition()));
          if (until != null && found.offset() < until) {
            record.accept(found);
          }
        }
        end.entrySet().removeIf(entry -> consumer.position(entry.getKey()) >= entry.getValue());
      }
    }
  }

  /** The same of one partition, from one offset up to another. */
  public void read(
      TopicPartition source,
      long from,
      long until,
      String clientId,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> record) {
    if (from >= until) {
      return;
    }
    try (Consumer<byte[], byte[]> consumer = kafka.consumer(clientId)) {
      consumer.assign(List.of(source));
      consumer.seek(source, from);
      while (consumer.position(source) < until) {
        for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
          if (found.offset() < until) {
            record.accept(found);
          }
        }
      }
    }
  }

  /** Offset of the first record that is as young as {@code time}; empty where none is. */
  public OptionalLong offsetAt(TopicPartition source, Instant time) {
    OffsetSpec spec = OffsetSpec.forTimestamp(Math.max(0, time.toEpochMilli()));
    long offset = offsets(List.of(source), spec).getOrDefault(source, -1L);
    return offset < 0 ? OptionalLong.empty() : OptionalLong.of(offset);
  }

  /** The time of the first committed record from {@code offset} on; empty where there is none. */
  public Optional<Instant> timeAt(TopicPartition source, long offset, String clientId) {
    long end = ends(List.of(source)).getOrDefault(source, 0L);
    if (offset >= end) {
      return Optional.empty();
    }
    try (Consumer<byte[], byte[]> consumer = kafka.consumer(clientId)) {
      consumer.assign(List.of(source));
      consumer.seek(source, offset);
      while (consumer.position(source) < end) {
        for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
          return Optional.of(Instant.ofEpochMilli(found.timestamp()));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The high watermarks. What committed readers are shown as the end may lie before committed
   * records, while a transaction in front of them is open.
   */
  public Map<TopicPartition, Long> ends(Collection<TopicPartition> sources) {
    return offsets(sources, OffsetSpec.latest());
  }

  /** Offsets of the oldest records. */
  public Map<TopicPartition, Long> beginnings(Collection<TopicPartition> sources) {
    return offsets(sources, OffsetSpec.earliest());
  }

  /** Offset of the oldest record that {@code source} still holds. */
  public long beginning(TopicPartition source) {
    return offsets(List.of(source), OffsetSpec.earliest()).getOrDefault(source, 0L);
  }

  private Map<TopicPartition, Long> offsets(Collection<TopicPartition> sources, OffsetSpec spec) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    sources.forEach(source -> asked.put(source, spec));
    try {
      var uncommitted = new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED);
      Map<TopicPartition, ListOffsetsResultInfo> answer =
          admin.listOffsets(asked, uncommitted).all().get(TIMEOUT_S, TimeUnit.SECONDS);
      Map<TopicPartition, Long> offsets = new HashMap<>();
      answer.forEach((source, info) -> offsets.put(source, info.offset()));
      return offsets;
    } catch (ExecutionException | TimeoutException failed) {
      throw new KafkaException("the ends of %s are unknown".formatted(sources), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", interrupted);
    }
  }
}
