package dev.floe.messaging.journal;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * A consumer that lets other threads leave it work: a Kafka consumer may be touched by its own
 * thread alone, and a partition is rebuilt on another.
 */
final class PollingConsumer extends KafkaConsumer<byte[], byte[]> {

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private volatile ConsumerGroupMetadata membership;

  PollingConsumer(Map<String, Object> settings) {
    super(settings);
    this.membership = groupMetadata();
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
    ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
    membership = groupMetadata();
    return records;
  }

  /** Runs {@code task} on the consumer's thread, before it polls again. */
  void later(Runnable task) {
    tasks.add(task);
    wakeup();
  }

  /** The membership of the last poll, for any thread. */
  ConsumerGroupMetadata membership() {
    return membership;
  }
}
