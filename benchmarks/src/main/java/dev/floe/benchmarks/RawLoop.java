package dev.floe.benchmarks;

import dev.floe.messaging.KafkaConnection;
import dev.floe.messaging.TopicsSetup;
import dev.floe.schemas.Topic;
import dev.floe.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * The baseline: what Kafka's clients alone do for the same traffic. One transaction a poll writes
 * an event and an answer per command and the offsets; nothing is decoded, verified, decided or
 * remembered.
 */
final class RawLoop implements Subject {

  private static final Topic COMMANDS = topic("raw.commands");
  private static final Topic EVENTS = topic("raw.events");
  private static final Topic REPLIES = topic("raw.replies");
  private static final Duration POLL = Duration.ofMillis(200);

  /** About as many bytes as a signed command has in its headers and its value. */
  private static final byte[] HEADERS = new byte[900];

  private static final byte[] VALUE = new byte[200];

  private final Producer<byte[], byte[]> client;
  private final Producer<byte[], byte[]> writer;
  private final Consumer<byte[], byte[]> commands;
  private final Consumer<byte[], byte[]> replies;
  private final Map<String, CompletableFuture<?>> waiting = new ConcurrentHashMap<>();
  private final List<Thread> threads;

  private RawLoop(KafkaConnection kafka) {
    client = kafka.producer("raw-client");
    writer = kafka.transactionalProducer("raw-writer");
    writer.initTransactions();
    Map<String, Object> settings = new HashMap<>(kafka.consumerSettings("raw-loop"));
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, "raw-loop");
    commands = new KafkaConsumer<>(settings);
    commands.subscribe(List.of(COMMANDS.name()));
    replies = kafka.consumer("raw-replies");
    List<TopicPartition> all =
        replies.partitionsFor(REPLIES.name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    replies.assign(all);
    replies.seekToEnd(all);
    all.forEach(replies::position);
    threads =
        List.of(
            Thread.ofPlatform().name("raw-loop").start(() -> until(commands, this::process)),
            Thread.ofPlatform().name("raw-replies").start(() -> until(replies, this::answered)));
  }

  static RawLoop start(KafkaConnection kafka) {
    try (var admin = kafka.admin("raw-topics")) {
      new TopicsSetup(admin).create(List.of(COMMANDS, EVENTS, REPLIES), Optional.of((short) 1));
    }
    return new RawLoop(kafka);
  }

  private static Topic topic(String name) {
    return new Topic(name, Topics.ON_A_CLUSTER, Map.of(), "");
  }

  @Override
  public CompletableFuture<?> submit(String artifact, int number) {
    String id = Integer.toString(number);
    var answer = new CompletableFuture<String>();
    waiting.put(id, answer);
    var record = new ProducerRecord<>(COMMANDS.name(), bytes(artifact), VALUE);
    record.headers().add("id", bytes(id)).add("others", HEADERS);
    var _ =
        client.send(
            record,
            (_, failed) -> {
              if (failed != null) {
                answer.completeExceptionally(failed);
              }
            });
    return answer;
  }

  private void process(ConsumerRecords<byte[], byte[]> batch) {
    if (batch.isEmpty()) {
      return;
    }
    writer.beginTransaction();
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : batch) {
      var event = new ProducerRecord<>(EVENTS.name(), record.key(), record.value());
      event.headers().add("others", HEADERS);
      var _ = writer.send(event);
      byte[] id = record.headers().lastHeader("id").value();
      var reply = new ProducerRecord<>(REPLIES.name(), id, record.value());
      var _ = writer.send(reply);
      next.put(
          new TopicPartition(record.topic(), record.partition()),
          new OffsetAndMetadata(record.offset() + 1));
    }
    writer.sendOffsetsToTransaction(next, commands.groupMetadata());
    writer.commitTransaction();
  }

  private void answered(ConsumerRecords<byte[], byte[]> batch) {
    for (ConsumerRecord<byte[], byte[]> record : batch) {
      CompletableFuture<?> answer =
          waiting.remove(new String(record.key(), StandardCharsets.UTF_8));
      if (answer != null) {
        answer.complete(null);
      }
    }
  }

  private static void until(
      Consumer<byte[], byte[]> consumer,
      java.util.function.Consumer<ConsumerRecords<byte[], byte[]>> then) {
    try (consumer) {
      while (!Thread.currentThread().isInterrupted()) {
        then.accept(consumer.poll(POLL));
      }
    } catch (WakeupException _) {
      // Closed.
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    commands.wakeup();
    replies.wakeup();
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
    writer.close();
    client.close();
  }
}
