package dev.floe.messaging.journal;

import dev.floe.kernel.Recorded;
import dev.floe.messaging.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The one writer of one commands partition, from its assignment to the first trouble or the next
 * owner.
 *
 * <p>It is never mended: after anything that is not surely committed the writer is thrown away, and
 * a new one asks Kafka what holds.
 */
final class PartitionWriter<C, S, E> {

  /** How long commands are gathered before what was decided is committed. */
  private static final long CUT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final int MOST = 500;

  /** Skipped records whose offsets are worth a transaction of their own. */
  private static final int SKIPPED = 500;

  private final TopicPartition source;
  private final Producer<byte[], byte[]> producer;
  private final CommandDesk<C, S, E> desk;
  private final Fold<S, E> fold;
  private final Patience patience;
  private final long epoch;
  private final ReentrantLock lock = new ReentrantLock(true);
  private long next;
  private long committed;
  private boolean usable = true;

  /** What a committed transaction changed. */
  record Committed<S, E>(List<Recorded<E>> facts, Map<String, S> states) {}

  /** A transaction that is not surely committed. */
  static final class NotCommitted extends RuntimeException {
    NotCommitted(TopicPartition source, Throwable cause) {
      super("a transaction for %s is not surely committed".formatted(source), cause);
    }
  }

  PartitionWriter(
      TopicPartition source,
      Producer<byte[], byte[]> producer,
      CommandDesk<C, S, E> desk,
      Fold<S, E> fold,
      Patience patience,
      long start) {
    this.source = source;
    this.producer = producer;
    this.desk = desk;
    this.fold = fold;
    this.patience = patience;
    this.epoch = fold.nextEpoch();
    this.next = start;
    this.committed = start;
  }

  /** Opens the producer, which ends whatever a dead owner of the partition has left open. */
  static Producer<byte[], byte[]> openProducer(Producers producers, String transactionalId) {
    Producer<byte[], byte[]> producer = producers.of(transactionalId);
    try {
      producer.initTransactions();
      return producer;
    } catch (RuntimeException failed) {
      producer.close(Duration.ZERO);
      throw failed;
    }
  }

  /** Where reading begins. */
  long start() {
    return next;
  }

  /** The committed states; only before the first record is handled. */
  Map<String, S> states() {
    Map<String, S> states = new HashMap<>();
    fold.subjects()
        .forEach(
            (key, subject) -> {
              if (subject.halted() == null && subject.last().sequence() > 0) {
                states.put(key, subject.state());
              }
            });
    return states;
  }

  /** The subjects that nothing is decided about, each with the reason. */
  Map<String, String> halted() {
    return fold.halted();
  }

  /**
   * Handles all of {@code records}, telling {@code then} after each transaction.
   *
   * @throws NotCommitted when what holds has to be asked; this writer is of no use any more
   */
  void handle(
      List<ConsumerRecord<byte[], byte[]>> records,
      ConsumerGroupMetadata group,
      java.util.function.Consumer<Committed<S, E>> then) {
    lock.lock();
    try {
      requireUsable();
      int done = 0;
      while (done < records.size()) {
        done = handleSome(records, done, group, then);
      }
    } finally {
      lock.unlock();
    }
  }

  /** One transaction's worth; where it ends among {@code records}. */
  private int handleSome(
      List<ConsumerRecord<byte[], byte[]>> records,
      int from,
      ConsumerGroupMetadata group,
      java.util.function.Consumer<Committed<S, E>> then) {
    var batch = new Batch<E>();
    int done = gather(records, from, batch);
    long last = records.get(done - 1).offset();
    next = last + 1;
    try {
      if (!batch.isEmpty()) {
        then.accept(commit(batch, group));
      } else {
        if (next - committed >= SKIPPED) {
          commit(batch, group);
        }
        then.accept(committed(batch));
      }
    } catch (RuntimeException uncertain) {
      usable = false;
      Throwable cause = Objects.requireNonNullElse(uncertain.getCause(), uncertain);
      if (done == from + 1) {
        patience.failedAlone(source, last, cause);
      } else {
        patience.failedTogether(source, records.get(from).offset(), last, cause);
      }
      throw new NotCommitted(source, cause);
    }
    patience.passed(source, next);
    return done;
  }

  /**
   * A batch is cut by number and by time: many together are cheap, none waits for the rest; one
   * that failed before is alone.
   */
  private int gather(List<ConsumerRecord<byte[], byte[]>> records, int from, Batch<E> batch) {
    long until = System.nanoTime() + CUT_NANOS;
    boolean alone = patience.alone(source, records.get(from).offset());
    int i = from;
    do {
      if (!take(records.get(i), batch)) {
        return i;
      }
      i++;
    } while (!alone && i < records.size() && batch.handled() < MOST && System.nanoTime() < until);
    return i;
  }

  private boolean take(ConsumerRecord<byte[], byte[]> record, Batch<E> batch) {
    try {
      Optional<Throwable> cause = patience.givenUp(source, record.offset());
      if (cause.isPresent()) {
        desk.giveUp(record, cause.get(), fold, batch);
        return true;
      }
      return desk.handle(record, fold, epoch, batch);
    } catch (RuntimeException | StackOverflowError failed) {
      usable = false;
      patience.failedAlone(source, record.offset(), failed);
      throw new NotCommitted(source, failed);
    }
  }

  /** Proves that this writer is still the partition's, by a commit that changes nothing. */
  void fence(ConsumerGroupMetadata group) {
    lock.lock();
    try {
      requireUsable();
      commit(new Batch<>(), group);
    } finally {
      lock.unlock();
    }
  }

  private void requireUsable() {
    if (!usable) {
      throw new NotCommitted(source, new IllegalStateException("an earlier one was not"));
    }
  }

  private Committed<S, E> commit(Batch<E> batch, ConsumerGroupMetadata group) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try {
      producer.beginTransaction();
      batch.records().forEach(record -> sent.add(producer.send(record)));
      producer.sendOffsetsToTransaction(Map.of(source, new OffsetAndMetadata(next)), group);
      producer.commitTransaction();
    } catch (RuntimeException uncertain) {
      usable = false;
      abort();
      throw new NotCommitted(source, uncertain);
    }
    committed = next;
    batch
        .firsts()
        .forEach(
            (index, fact) ->
                fold.subject(fact.subject())
                    .remembered()
                    .placed(fact.cause(), offset(sent.get(index))));
    return committed(batch);
  }

  private Committed<S, E> committed(Batch<E> batch) {
    Map<String, S> states = new HashMap<>();
    for (Recorded<E> fact : batch.facts()) {
      states.put(fact.subject(), fold.subject(fact.subject()).state());
    }
    for (String subject : batch.foldedAgain()) {
      states.put(subject, fold.subject(subject).state());
    }
    return new Committed<>(batch.facts(), states);
  }

  private static long offset(Future<RecordMetadata> sent) {
    try {
      return sent.get().offset();
    } catch (ExecutionException | InterruptedException impossible) {
      throw new IllegalStateException("a committed record has no offset", impossible);
    }
  }

  private void abort() {
    try {
      producer.abortTransaction();
    } catch (KafkaException | IllegalStateException _) {
      // The broker ends it: with the next owner of this transactional id, or by time.
    }
  }

  /**
   * @param wait how long sends in flight may take; nothing needs it but a clean stop
   */
  void close(Duration wait) {
    usable = false;
    producer.close(wait);
  }
}
