package dev.floe.messaging.journal;

import dev.floe.messaging.Bus;
import dev.floe.messaging.DeadLetters;
import dev.floe.messaging.KeyPartition;
import dev.floe.messaging.LogReader;
import dev.floe.messaging.journal.PartitionWriter.Committed;
import dev.floe.messaging.journal.PartitionWriter.NotCommitted;
import dev.floe.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The partitions that this instance owns, from assignment to revocation. */
final class Ownership<C, S, E> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);

  private final JournalPlace place;
  private final List<JournalObserver<S, E>> observers;
  private final Admin admin;
  private final WriterOpening<C, S, E> opening;
  private final JournalContainer container;
  private final AxonDecider<C, S, E> host;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Slots<C, S, E> slots = new Slots<>();

  /** What a journal stands in. */
  record World(
      Bus bus,
      JournalPlace place,
      JournalTiming timing,
      Producers producers,
      DeadLetters letters) {}

  Ownership(
      World world,
      JournalRules<C, S, E> rules,
      JournalSecurity security,
      List<JournalObserver<S, E>> observers) {
    Bus bus = world.bus();
    this.place = world.place();
    this.observers = observers;
    this.admin = bus.kafka().admin("floe-" + place.group() + "-admin");
    var reader = new LogReader(bus.kafka(), admin);
    var log = new EventLog<>(reader, bus.wire(), rules.events(), place);
    var replies = new ReplyLog(reader, bus.wire(), place, Topics.REPLIES.in(bus.partitions()));
    var logs = new CommandDesk.Logs<>(log, replies);
    this.host = new AxonDecider<>(rules.decider());
    var reading = new CommandReading<>(place, rules.commands(), security, bus.wire());
    var desk = new CommandDesk<>(place, rules, reading, logs, world.letters(), host);
    var recall = new Recall(reader, place, reading);
    var parts = new WriterOpening.Parts<>(rules.decider(), log, recall, desk);
    this.opening = new WriterOpening<>(world.producers(), admin, place, parts, bus.troubles());
    this.container = new JournalContainer(bus.kafka(), place, world.timing(), this::handle, this);
  }

  void start() {
    container.start();
  }

  // On the consumer's thread, as everything below up to the next such line.

  void assigned(Collection<Integer> partitions) {
    for (int partition : partitions) {
      Slots.Slot<C, S, E> slot = slots.add(partition);
      open(partition, slot, Duration.ZERO);
    }
  }

  void revoked(Collection<Integer> partitions, Duration wait) {
    for (int partition : partitions) {
      Slots.Slot<C, S, E> slot = slots.remove(partition);
      if (slot != null) {
        release(partition, slot, wait);
      }
      opening.forget(partition);
    }
  }

  private void handle(
      Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> batch,
      ConsumerGroupMetadata group) {
    if (batch.size() == 1) {
      batch.forEach((source, records) -> handle(source, records, group));
      return;
    }
    List<Future<?>> all = new ArrayList<>();
    batch.forEach(
        (source, records) -> all.add(threads.submit(() -> handle(source, records, group))));
    all.forEach(Ownership::join);
  }

  private void handle(
      TopicPartition source,
      List<ConsumerRecord<byte[], byte[]>> records,
      ConsumerGroupMetadata group) {
    Slots.Slot<C, S, E> slot = slots.get(source.partition());
    PartitionWriter<C, S, E> writer = slot == null ? null : slot.writer;
    if (slot == null || writer == null) {
      // Fetched before the partition was paused: it will be read again from its true place.
      return;
    }
    try {
      writer.handle(records, group, committed -> publish(slot, committed));
    } catch (NotCommitted uncertain) {
      reopen(source.partition(), slot, writer, uncertain);
    }
  }

  // On any thread.

  private void publish(Slots.Slot<C, S, E> slot, Committed<S, E> committed) {
    slot.states.putAll(committed.states());
    if (!committed.facts().isEmpty()) {
      tell(observer -> observer.recorded(committed.facts()));
    }
  }

  private void reopen(
      int partition,
      Slots.Slot<C, S, E> slot,
      PartitionWriter<C, S, E> writer,
      NotCommitted uncertain) {
    LOG.atWarn()
        .setMessage("a partition is folded anew: a transaction is not surely committed")
        .addKeyValue("group", place.group())
        .addKeyValue("partition", partition)
        .addKeyValue("cause", String.valueOf(uncertain.getCause()))
        .log();
    synchronized (slot) {
      if (slot.writer != writer) {
        return;
      }
      slot.writer = null;
    }
    container.pause(partition);
    writer.close(Duration.ZERO);
    withdraw(partition, slot);
    open(partition, slot, WriterOpening.delayAfter(uncertain));
  }

  private void open(int partition, Slots.Slot<C, S, E> slot, Duration delay) {
    threads.execute(
        () -> {
          PartitionWriter<C, S, E> writer =
              opening.open(partition, delay, () -> slots.get(partition) != slot);
          if (writer == null) {
            return;
          }
          slot.states.clear();
          slot.states.putAll(writer.states());
          slot.given = true;
          tell(observer -> observer.assigned(partition, Map.copyOf(slot.states)));
          container.later(() -> begin(partition, slot, writer));
        });
  }

  private void begin(int partition, Slots.Slot<C, S, E> slot, PartitionWriter<C, S, E> writer) {
    if (slots.get(partition) != slot) {
      writer.close(Duration.ZERO);
      withdraw(partition, slot);
      return;
    }
    container.resumeAt(partition, writer.start());
    slot.writer = writer;
  }

  private void release(int partition, Slots.Slot<C, S, E> slot, Duration wait) {
    PartitionWriter<C, S, E> writer;
    synchronized (slot) {
      writer = slot.writer;
      slot.writer = null;
    }
    if (writer != null) {
      writer.close(wait);
      withdraw(partition, slot);
    }
  }

  private void withdraw(int partition, Slots.Slot<C, S, E> slot) {
    slot.states.clear();
    if (slot.given) {
      slot.given = false;
      tell(observer -> observer.revoked(partition));
    }
  }

  private void tell(Consumer<JournalObserver<S, E>> what) {
    for (JournalObserver<S, E> observer : observers) {
      try {
        what.accept(observer);
      } catch (RuntimeException failed) {
        LOG.atError().setMessage("an observer failed").setCause(failed).log();
      }
    }
  }

  void fence(String subject) {
    int partition = KeyPartition.of(subject, place.commands().partitions());
    Slots.Slot<C, S, E> slot = slots.get(partition);
    PartitionWriter<C, S, E> writer = slot == null ? null : slot.writer;
    if (slot == null || writer == null) {
      throw new Fenced(subject, "the partition is not assigned here or is being folded", null);
    }
    try {
      writer.fence(container.membership());
    } catch (NotCommitted uncertain) {
      reopen(partition, slot, writer, uncertain);
      throw new Fenced(subject, "its writer was replaced", uncertain);
    }
  }

  /** What is owned; safe for every thread. */
  Slots<C, S, E> slots() {
    return slots;
  }

  boolean isReady() {
    return container.isJoined() && slots.areOpen();
  }

  void awaitReady(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!isReady()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "%s is not ready after %s: %s"
                .formatted(
                    place.group(),
                    limit,
                    container.isJoined()
                        ? "partitions are still being folded"
                        : "it has not joined its group; is the broker reachable?"));
      }
      new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS);
    }
  }

  private static void join(Future<?> future) {
    try {
      future.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    container.stop();
    revoked(slots.partitions(), Duration.ofSeconds(1));
    threads.close();
    admin.close(Duration.ofSeconds(2));
    host.close();
  }
}
