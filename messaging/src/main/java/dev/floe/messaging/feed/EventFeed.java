package dev.floe.messaging.feed;

import dev.floe.messaging.Bus;
import dev.floe.messaging.LogReader;
import dev.floe.messaging.Patience;
import dev.floe.messaging.Plain;
import dev.floe.messaging.SequenceGuard;
import dev.floe.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics from where a projection stopped and goes on for ever; its place is kept by whoever
 * stores the records, not by Kafka. No record stops it: one that cannot be read or stored is handed
 * over as unreadable after three tries.
 */
public final class EventFeed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long FIRST_PAUSE_MS = 50;
  private static final long LONGEST_PAUSE_MS = 5_000;
  static final int LONGEST_WORDS = 300;

  private final Patience polls;
  private final Patience patience;
  private final Consumer<byte[], byte[]> consumer;
  private final FeedReading reading;
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
    this.polls = new Patience(name, bus.troubles(), _ -> true);
    this.patience = new Patience(name, bus.troubles(), store::isUnavailable);
    this.reading = new FeedReading(bus.wire(), guard, patience);
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
    List<FeedRecord> records = new ArrayList<>();
    Map<TopicPartition, Long> next = new HashMap<>();
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        records.add(reading.read(record));
      }
      polls.passed(anywhere(), 0);
    } catch (WakeupException wakeup) {
      throw wakeup;
    } catch (RuntimeException | StackOverflowError unavailable) {
      LOG.atWarn().setMessage("the feed cannot be read").setCause(unavailable).log();
      polls.cannotBegin(anywhere(), unavailable);
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

  /** Where the feed as a whole is, for troubles. */
  private TopicPartition anywhere() {
    return ends.keySet().iterator().next();
  }

  private void store(List<FeedRecord> records, Map<TopicPartition, Long> next) {
    long pause = FIRST_PAUSE_MS;
    while (!closed) {
      try {
        store.store(records, next);
        next.forEach(patience::passed);
        return;
      } catch (Exception | StackOverflowError failed) {
        complain(records, pause, failed);
        if (records.size() > 1 && !store.isUnavailable(failed)) {
          storeEach(records, next);
          return;
        }
        boolean unreadable = giveUp(records, failed);
        if (unreadable) {
          records = List.of(records.getFirst().unreadable(Plain.text(failed, LONGEST_WORDS)));
        }
        sleep(pause);
        pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
      }
    }
  }

  /** Causes come before what they led to, as in a batch. */
  private void storeEach(List<FeedRecord> records, Map<TopicPartition, Long> next) {
    records.stream()
        .sorted(Comparator.comparing(FeedRecord::timestamp))
        .forEach(record -> store(List.of(record), Map.of(place(record), record.offset() + 1)));
    store(List.of(), next);
  }

  /** Whether the only record of a batch has failed often enough. */
  private boolean giveUp(List<FeedRecord> records, Throwable failed) {
    if (records.isEmpty()) {
      return false;
    }
    FeedRecord first = records.getFirst();
    if (records.size() > 1) {
      patience.failedTogether(place(first), first.offset(), first.offset(), failed);
      return false;
    }
    patience.failedAlone(place(first), first.offset(), failed);
    return patience.givenUp(place(first), first.offset()).isPresent();
  }

  private static void complain(List<FeedRecord> records, long pause, Throwable failed) {
    LOG.atWarn()
        .setMessage("a batch is not stored; it is tried again")
        .addKeyValue("records", records.size())
        .addKeyValue("nextTryInMs", pause)
        .setCause(failed)
        .log();
  }

  private static TopicPartition place(FeedRecord record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  private void rewind() {
    reading.goesBack();
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
}
