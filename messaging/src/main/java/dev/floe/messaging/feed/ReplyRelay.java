package dev.floe.messaging.feed;

import dev.floe.messaging.Envelope;
import dev.floe.messaging.KafkaConnection;
import dev.floe.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwards answers to the topics that their senders asked for and the manifest allows (contract,
 * section 4): after the commit, at least once, unchanged. A topic that cannot be written is passed
 * over, so that one sender's mistake holds up nobody else; {@code floe.replies} has the answer.
 */
public final class ReplyRelay implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReplyRelay.class);

  /** Begins like its service's name: nobody outside the suite may commit for such a group. */
  private static final String GROUP = "promotion-service-replies";

  private static final Duration POLL = Duration.ofMillis(500);
  private static final long LONGEST_PAUSE_MS = 2_000;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final Admin admin;
  private final Thread thread;
  private volatile boolean closed;

  private ReplyRelay(KafkaConnection kafka) {
    Map<String, Object> settings = new HashMap<>(kafka.consumerSettings("floe-" + GROUP));
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
    consumer = new KafkaConsumer<>(settings);
    producer = kafka.producer("floe-" + GROUP + "-producer");
    admin = kafka.admin("floe-" + GROUP + "-admin");
    thread = Thread.ofPlatform().name("floe-" + GROUP).daemon().unstarted(this::run);
  }

  /** Joins the group {@code promotion-service-replies} and begins. */
  public static ReplyRelay start(KafkaConnection kafka) {
    var relay = new ReplyRelay(kafka);
    relay.thread.start();
    return relay;
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    producer.close(Duration.ofSeconds(1));
    admin.close(Duration.ofSeconds(2));
  }

  private void run() {
    try (consumer) {
      consumer.subscribe(List.of(Topics.REPLIES.name()));
      long pause = 0;
      while (!closed) {
        try {
          Thread.sleep(pause);
          step(consumer.poll(POLL));
          pause = 0;
        } catch (KafkaException failed) {
          if (!closed) {
            pause = Math.clamp(pause * 2, 50, LONGEST_PAUSE_MS);
            LOG.atWarn().setMessage("answers are forwarded again").setCause(failed).log();
            rewind();
          }
        }
      }
    } catch (WakeupException | InterruptedException _) {
      LOG.debug("closed");
    }
  }

  private void step(ConsumerRecords<byte[], byte[]> records) throws InterruptedException {
    if (records.isEmpty()) {
      return;
    }
    List<ProducerRecord<byte[], byte[]>> wanted = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      replyTo(record).ifPresent(topic -> wanted.add(copy(record, topic)));
    }
    forward(wanted);
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    for (TopicPartition partition : records.partitions()) {
      long last = records.records(partition).getLast().offset();
      next.put(partition, new OffsetAndMetadata(last + 1));
    }
    consumer.commitSync(next);
  }

  private void forward(List<ProducerRecord<byte[], byte[]>> wanted) throws InterruptedException {
    Map<String, Boolean> writable = new HashMap<>();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (ProducerRecord<byte[], byte[]> record : wanted) {
      if (writable.computeIfAbsent(record.topic(), this::exists)) {
        sent.add(producer.send(record));
      }
    }
    for (Future<RecordMetadata> each : sent) {
      try {
        var _ = each.get();
      } catch (ExecutionException failed) {
        passOverOrThrow(failed.getCause());
      }
    }
  }

  /** Asked for first: the producer waits long for a topic that is not there. */
  private boolean exists(String topic) {
    try {
      var _ = admin.describeTopics(List.of(topic)).allTopicNames().get();
      return true;
    } catch (ExecutionException failed) {
      passOverOrThrow(failed.getCause());
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new org.apache.kafka.common.errors.InterruptException("closed");
    }
  }

  private static void passOverOrThrow(@Nullable Throwable cause) {
    switch (cause) {
      case UnknownTopicOrPartitionException _,
          InvalidTopicException _,
          AuthorizationException _,
          RecordTooLargeException _ ->
          LOG.atWarn().setMessage("an answer cannot be forwarded").setCause(cause).log();
      case null, default -> throw new KafkaException(cause);
    }
  }

  /** Only the journals write to {@code floe.replies}: what stands here has been allowed. */
  private static Optional<String> replyTo(ConsumerRecord<byte[], byte[]> record) {
    return Envelope.text(record.headers(), Envelope.REPLY_TO);
  }

  private static ProducerRecord<byte[], byte[]> copy(
      ConsumerRecord<byte[], byte[]> record, String topic) {
    var copy = new ProducerRecord<>(topic, null, record.key(), record.value(), record.headers());
    copy.headers().remove(Envelope.REPLY_TO);
    return copy;
  }

  private void rewind() {
    Set<TopicPartition> assigned = new HashSet<>(consumer.assignment());
    consumer
        .committed(assigned)
        .forEach(
            (partition, offset) -> {
              if (offset == null) {
                consumer.seekToBeginning(Set.of(partition));
              } else {
                consumer.seek(partition, offset.offset());
              }
            });
  }
}
