package dev.floe.messaging;

import dev.floe.kernel.Actor;
import dev.floe.messaging.avro.AvroWire;
import dev.floe.messaging.avro.Undecodable;
import dev.floe.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code floe.replies} from now on and hands each answer to whoever waits for its command.
 *
 * <p>One per process: it reads every partition, and decodes only what somebody waits for.
 */
public final class Replies implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Replies.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long BACK_OFF_MS = 200;

  private final AvroWire wire;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<String, List<CompletableFuture<Reply>>> waiting = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closed;

  /**
   * An answer as it was read.
   *
   * @param record CommandAccepted, CommandRefused or CommandHalted
   * @param by who asked, as the journal understood the token
   */
  public record Reply(IndexedRecord record, Actor by) {}

  private Replies(AvroWire wire, Consumer<byte[], byte[]> consumer) {
    this.wire = wire;
    this.consumer = consumer;
    this.thread = Thread.ofPlatform().name("floe-replies").daemon().unstarted(this::run);
  }

  /** Returns once its place is fixed, so that no answer to a later command can be missed. */
  public static Replies open(KafkaConnection kafka, AvroWire wire) {
    Consumer<byte[], byte[]> consumer = kafka.consumer("floe-replies");
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.REPLIES.name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    var replies = new Replies(wire, consumer);
    replies.thread.start();
    return replies;
  }

  /** The answer to {@code commandId}, when it comes; each who waits has a future of their own. */
  public CompletableFuture<Reply> await(String commandId) {
    var answer = new CompletableFuture<Reply>();
    waiting.compute(
        commandId,
        (_, others) -> {
          List<CompletableFuture<Reply>> all = new ArrayList<>(others == null ? List.of() : others);
          all.add(answer);
          return all;
        });
    if (closed) {
      answer.completeExceptionally(new IllegalStateException("the reader of answers is closed"));
    }
    return answer;
  }

  /** Whoever holds {@code answer} waits no longer. */
  @SuppressWarnings("ReferenceEquality") // a future is equal to itself alone
  public void forget(String commandId, CompletableFuture<Reply> answer) {
    waiting.computeIfPresent(
        commandId,
        (_, all) -> {
          List<CompletableFuture<Reply>> others = new ArrayList<>(all);
          others.removeIf(each -> each == answer);
          return others.isEmpty() ? null : others;
        });
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
    var gone = new IllegalStateException("the reader of answers was closed");
    waiting.values().forEach(all -> all.forEach(one -> one.completeExceptionally(gone)));
  }

  private void run() {
    try (consumer) {
      while (!closed) {
        for (ConsumerRecord<byte[], byte[]> record : poll()) {
          hand(record);
        }
      }
    } catch (WakeupException _) {
      LOG.debug("closed");
    }
  }

  private ConsumerRecords<byte[], byte[]> poll() {
    try {
      return consumer.poll(POLL);
    } catch (WakeupException wakeup) {
      throw wakeup;
    } catch (KafkaException unavailable) {
      LOG.atWarn().setMessage("answers cannot be read").setCause(unavailable).log();
      pause();
      return ConsumerRecords.empty();
    }
  }

  private void hand(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      return;
    }
    String command = new String(record.key(), StandardCharsets.UTF_8);
    List<CompletableFuture<Reply>> answers = waiting.remove(command);
    if (answers == null) {
      return;
    }
    try {
      var envelope = Envelope.read(record.headers());
      var reply = new Reply(wire.decode(record.value()).record(), envelope.by());
      answers.forEach(answer -> answer.complete(reply));
    } catch (Undecodable | Envelope.Incomplete | RuntimeException | StackOverflowError broken) {
      answers.forEach(answer -> answer.completeExceptionally(broken));
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BACK_OFF_MS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
