package dev.floe.audit.adapter.kafka;

import dev.floe.messaging.KafkaConnection;
import dev.floe.messaging.LogReader;
import dev.floe.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows how far the projections are behind the log, by asking for its ends every second. */
public final class LogLag implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LogLag.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Admin admin;
  private final LogReader reader;
  private final List<TopicPartition> partitions = new ArrayList<>();
  private final Supplier<Map<TopicPartition, Long>> stored;
  private final Thread thread;
  private volatile long levelAt = System.nanoTime();
  private volatile boolean level;

  private LogLag(
      KafkaConnection kafka, Collection<Topic> topics, Supplier<Map<TopicPartition, Long>> stored) {
    this.admin = kafka.admin("floe-audit-lag");
    this.reader = new LogReader(kafka, admin);
    this.stored = stored;
    topics.forEach(
        topic -> partitions.addAll(LogReader.partitions(topic.name(), topic.partitions())));
    this.thread = Thread.ofVirtual().name("floe-audit-lag").unstarted(this::run);
  }

  /**
   * Begins to ask.
   *
   * @param stored for each partition the offset of what is not stored yet
   */
  public static LogLag start(
      KafkaConnection kafka, Collection<Topic> topics, Supplier<Map<TopicPartition, Long>> stored) {
    var lag = new LogLag(kafka, topics, stored);
    lag.thread.start();
    return lag;
  }

  /** How long ago everything was stored that was there; 0 if that was so when last asked. */
  public long millis() {
    return level ? 0 : (System.nanoTime() - levelAt) / 1_000_000;
  }

  @Override
  public void close() {
    thread.interrupt();
    admin.close(Duration.ofSeconds(1));
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        long asked = System.nanoTime();
        Map<TopicPartition, Long> ends = reader.ends(partitions);
        Map<TopicPartition, Long> here = stored.get();
        boolean all =
            ends.entrySet().stream()
                .allMatch(end -> here.getOrDefault(end.getKey(), 0L) >= end.getValue());
        if (all) {
          levelAt = asked;
        }
        level = all;
      } catch (RuntimeException unreachable) {
        level = false;
        LOG.atDebug().setMessage("the log's ends are unknown").setCause(unreachable).log();
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
