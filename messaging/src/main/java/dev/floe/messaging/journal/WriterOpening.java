package dev.floe.messaging.journal;

import dev.floe.kernel.Decider;
import dev.floe.messaging.Patience;
import dev.floe.messaging.Troubles;
import dev.floe.messaging.journal.PartitionWriter.NotCommitted;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings up the writer of a partition: end what a dead owner left open, ask what is committed, fold
 * the events; in this order.
 */
final class WriterOpening<C, S, E> {

  private static final Logger LOG = LoggerFactory.getLogger(WriterOpening.class);
  private static final long TIMEOUT_S = 30;
  private static final long FIRST_PAUSE_MS = 50;
  private static final long LONGEST_PAUSE_MS = 2_000;

  private final Producers producers;
  private final Admin admin;
  private final JournalPlace place;
  private final Decider<C, S, E> decider;
  private final EventLog<E> log;
  private final Recall recall;
  private final CommandDesk<C, S, E> desk;
  private final Patience patience;
  private final Patience openings;

  /** What a writer is made of, but for its partition. */
  record Parts<C, S, E>(
      Decider<C, S, E> decider, EventLog<E> log, Recall recall, CommandDesk<C, S, E> desk) {}

  WriterOpening(
      Producers producers,
      Admin admin,
      JournalPlace place,
      Parts<C, S, E> parts,
      Troubles troubles) {
    this.producers = producers;
    this.admin = admin;
    this.place = place;
    this.decider = parts.decider();
    this.log = parts.log();
    this.recall = parts.recall();
    this.desk = parts.desk();
    this.patience = new Patience(place.group(), troubles);
    this.openings = new Patience(place.group(), troubles);
  }

  /** The partition is another's. */
  void forget(int partition) {
    patience.forget(source(partition));
    openings.forget(source(partition));
  }

  private TopicPartition source(int partition) {
    return new TopicPartition(place.commands().name(), partition);
  }

  /**
   * How long to wait before opening again: whoever was replaced gives the group time to say so,
   * lest two owners end each other's transactions in turn.
   */
  static Duration delayAfter(NotCommitted uncertain) {
    Throwable cause = uncertain.getCause();
    boolean replaced =
        cause instanceof ProducerFencedException
            || cause instanceof InvalidProducerEpochException
            || cause instanceof CommitFailedException
            || cause instanceof FencedInstanceIdException;
    return replaced ? Duration.ofSeconds(1) : Duration.ZERO;
  }

  /**
   * Tries until it succeeds.
   *
   * @param given whether the partition was given up meanwhile, so that there is nothing to open
   */
  @Nullable PartitionWriter<C, S, E> open(int partition, Duration delay, BooleanSupplier given) {
    long pause = Math.max(delay.toMillis(), 0);
    while (!given.getAsBoolean()) {
      if (pause > 0 && !slept(pause)) {
        return null;
      }
      if (given.getAsBoolean()) {
        return null;
      }
      try {
        PartitionWriter<C, S, E> writer = open(partition);
        openings.passed(source(partition), 0);
        return writer;
      } catch (RuntimeException | StackOverflowError failed) {
        openings.cannotBegin(source(partition), failed);
        pause = Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, pause * 2));
        LOG.atWarn()
            .setMessage("a partition cannot be opened yet")
            .addKeyValue("group", place.group())
            .addKeyValue("partition", partition)
            .addKeyValue("nextTryInMs", pause)
            .setCause(failed)
            .log();
      }
    }
    return null;
  }

  private PartitionWriter<C, S, E> open(int partition) {
    TopicPartition source = source(partition);
    Producer<byte[], byte[]> producer =
        PartitionWriter.openProducer(producers, place.transactionalId(partition));
    try {
      OptionalLong committed = committed(source);
      var fold = new Fold<S, E>(decider);
      log.replay(fold, partition);
      fold.believeCauses(source, log.end(source));
      long start = start(source, committed, fold);
      recall.into(fold.seen(), source, start);
      return new PartitionWriter<>(source, producer, desk, fold, patience, start);
    } catch (RuntimeException failed) {
      producer.close(Duration.ZERO);
      throw failed;
    }
  }

  /**
   * Kafka forgets the offsets of a group that was idle for a week, which means neither "begin anew"
   * nor "from now on": the events say how far the commands have come.
   */
  private long start(TopicPartition source, OptionalLong committed, Fold<S, E> fold) {
    if (committed.isPresent()) {
      return committed.getAsLong();
    }
    return Math.max(fold.highestCause(source) + 1, log.beginning(source));
  }

  private OptionalLong committed(TopicPartition source) {
    var asked =
        Map.of(
            place.group(),
            new ListConsumerGroupOffsetsSpec().topicPartitions(java.util.List.of(source)));
    var stable = new ListConsumerGroupOffsetsOptions().requireStable(true);
    try {
      Map<TopicPartition, OffsetAndMetadata> found =
          admin
              .listConsumerGroupOffsets(asked, stable)
              .partitionsToOffsetAndMetadata()
              .get(TIMEOUT_S, TimeUnit.SECONDS);
      OffsetAndMetadata offset = found.get(source);
      return offset == null ? OptionalLong.empty() : OptionalLong.of(offset.offset());
    } catch (ExecutionException | TimeoutException failed) {
      throw new KafkaException("the committed offset of %s is unknown".formatted(source), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", interrupted);
    }
  }

  private static boolean slept(long millis) {
    try {
      Thread.sleep(millis);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
