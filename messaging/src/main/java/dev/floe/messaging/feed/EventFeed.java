package dev.floe.messaging.feed;

import dev.floe.messaging.Bus;
import dev.floe.messaging.Envelope;
import dev.floe.messaging.Envelope.Numbers;
import dev.floe.messaging.LogReader;
import dev.floe.messaging.SequenceGuard;
import dev.floe.messaging.SequenceVerdict;
import dev.floe.messaging.avro.AvroWire;
import dev.floe.messaging.avro.Undecodable;
import dev.floe.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics from where a projection stopped and goes on for ever; its place is kept by whoever
 * stores the records, not by Kafka.
 */
public final class EventFeed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long LONGEST_PAUSE_MS = 5_000;

  private final AvroWire wire;
  private final Consumer<byte[], byte[]> consumer;
  private final SequenceGuard guard;
  private final FeedStore store;
  private final Map<TopicPartition, Long> ends;
  private final Map<TopicPartition, Long> stored = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closed;

  private EventFeed(
      Bus bus,
      String name,
      Map<TopicPartition, Long> starts,
      Map<TopicPartition, Long> ends,
      SequenceGuard guard,
      FeedStore store) {
    this.wire = bus.wire();
    this.guard = guard;
    this.store = store;
    this.ends = ends;
    this.consumer = bus.kafka().consumer("floe-" + name);
    consumer.assign(starts.keySet());
    starts.forEach(consumer::seek);
    stored.putAll(starts);
    this.thread = Thread.ofPlatform().name("floe-" + name).daemon().unstarted(this::run);
  }

  /**
   * Begins to read.
   *
   * @param name names the reader in logs and the broker's metrics
   * @param offsets where to begin; partitions that are not named begin at their beginning
   * @param guard knows the last numbers that were stored
   */
  public static EventFeed start(
      Bus bus,
      String name,
      Collection<Topic> topics,
      Map<TopicPartition, Long> offsets,
      SequenceGuard guard,
      FeedStore store) {
    List<TopicPartition> partitions = new ArrayList<>();
    bus.sized(topics)
        .forEach(
            topic -> partitions.addAll(LogReader.partitions(topic.name(), topic.partitions())));
    try (Admin admin = bus.kafka().admin("floe-" + name + "-admin")) {
      var reader = new LogReader(bus.kafka(), admin);
      Map<TopicPartition, Long> starts = reader.beginnings(partitions);
      starts.replaceAll((partition, begin) -> offsets.getOrDefault(partition, begin));
      var feed = new EventFeed(bus, name, starts, reader.ends(partitions), guard, store);
      feed.thread.start();
      return feed;
    }
  }

  /** Whether everything is stored that was there when the feed began. */
  public boolean isCaughtUp() {
    return ends.entrySet().stream()
        .allMatch(end -> stored.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }

  /** For each partition the offset of what is not stored yet. */
  public Map<TopicPartition, Long> stored() {
    return Map.copyOf(stored);
  }

  /** Returns once no batch is under way any more. */
  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (consumer) {
      while (!closed) {
        step();
      }
    } catch (WakeupException _) {
      LOG.debug("woken to close");
    }
  }

  private void step() {
    List<FeedRecord> records;
    Map<TopicPartition, Long> next = new HashMap<>();
    try {
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
      records = new ArrayList<>(polled.count());
      for (ConsumerRecord<byte[], byte[]> record : polled) {
        records.add(read(record));
      }
    } catch (WakeupException wakeup) {
      throw wakeup;
    } catch (RuntimeException unavailable) {
      LOG.atWarn().setMessage("the feed cannot be read").setCause(unavailable).log();
      rewind();
      return;
    }
    // A position may stand behind the last record: markers of transactions are read, not shown.
    for (TopicPartition partition : consumer.assignment()) {
      long position = consumer.position(partition);
      if (position > stored.getOrDefault(partition, 0L)) {
        next.put(partition, position);
      }
    }
    if (!records.isEmpty()) {
      store(records, next);
    }
    if (!closed) {
      stored.putAll(next);
    }
  }

  private void store(List<FeedRecord> records, Map<TopicPartition, Long> next) {
    long pause = 50;
    while (!closed) {
      try {
        store.store(records, next);
        return;
      } catch (Exception failed) {
        LOG.atWarn()
            .setMessage("a batch is not stored; the same one is tried again")
            .addKeyValue("records", records.size())
            .addKeyValue("nextTryInMs", pause)
            .setCause(failed)
            .log();
        sleep(pause);
        pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
      }
    }
  }

  private void rewind() {
    guard.clear();
    stored.forEach(consumer::seek);
    sleep(200);
  }

  private void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  private FeedRecord read(ConsumerRecord<byte[], byte[]> record) {
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    @Nullable Envelope envelope = null;
    AvroWire.@Nullable Decoded decoded = null;
    @Nullable String problem = null;
    var verdict = SequenceVerdict.ACCEPT;
    try {
      envelope = Envelope.read(record.headers());
      Numbers numbers = envelope.numbers();
      if (numbers != null) {
        verdict = guard.check(record.topic(), key, numbers);
      }
      decoded = wire.decode(record.value());
    } catch (Envelope.Incomplete | Undecodable broken) {
      problem = broken.getMessage();
    }
    return new FeedRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        Instant.ofEpochMilli(record.timestamp()),
        key,
        List.of(record.headers().toArray()),
        record.value(),
        envelope,
        decoded,
        verdict,
        problem);
  }
}
