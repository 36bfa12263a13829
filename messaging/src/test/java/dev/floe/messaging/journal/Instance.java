package dev.floe.messaging.journal;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Journal.Answer;
import dev.floe.kernel.Recorded;
import dev.floe.messaging.Bus;
import dev.floe.messaging.CommandVerifier;
import dev.floe.messaging.Envelope;
import dev.floe.messaging.Ids;
import dev.floe.messaging.KeyPartition;
import dev.floe.messaging.Shelf;
import dev.floe.messaging.Shelf.Command;
import dev.floe.messaging.Shelf.Event;
import dev.floe.messaging.Shelf.State;
import dev.floe.messaging.TestKafka;
import dev.floe.messaging.Tokens;
import dev.floe.messaging.avro.AvroWire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One instance of the shelf's service, started and ready. */
public final class Instance implements AutoCloseable {

  static final Actor ADA = Actor.user("ada@acme.com");
  public static final TestKafka KAFKA = TestKafka.get();

  private final Bus bus;
  private final KafkaJournal<Command, State, Event> journal;

  private Instance(Bus bus, KafkaJournal<Command, State, Event> journal) {
    this.bus = bus;
    this.journal = journal;
  }

  /** What may be different about an instance. */
  record Setup(
      JournalRules<Command, State, Event> rules,
      JournalSecurity security,
      JournalTiming timing,
      Producers producers,
      List<JournalObserver<State, Event>> observers) {

    static Setup usual() {
      return new Setup(
          Shelf.rules(),
          Tokens.security(),
          new JournalTiming(Duration.ofSeconds(40), Duration.ofSeconds(6), Duration.ofMinutes(1)),
          KAFKA.connection()::transactionalProducer,
          List.of());
    }

    Setup with(JournalRules<Command, State, Event> other) {
      return new Setup(other, security, timing, producers, observers);
    }

    Setup with(JournalSecurity other) {
      return new Setup(rules, other, timing, producers, observers);
    }

    Setup with(JournalTiming other) {
      return new Setup(rules, security, other, producers, observers);
    }

    Setup with(Producers other) {
      return new Setup(rules, security, timing, other, observers);
    }

    Setup with(JournalObserver<State, Event> observer) {
      return new Setup(rules, security, timing, producers, List.of(observer));
    }
  }

  public static Instance start(JournalPlace place) {
    return start(place, Setup.usual());
  }

  public static Instance start(JournalPlace place, Setup setup) {
    Instance instance = begin(place, setup);
    instance.awaitReady();
    return instance;
  }

  /** With rules that cannot fold an event while they are {@code broken}. */
  public static Instance folding(JournalPlace place, AtomicBoolean broken) {
    var shelf =
        new Shelf(
            _ -> {
              if (broken.get()) {
                throw new IllegalStateException("broken");
              }
            });
    return start(place, Setup.usual().with(Shelf.rules(shelf)));
  }

  /** With another judge of tokens. */
  public static Instance verifying(JournalPlace place, CommandVerifier verifier) {
    return start(place, Setup.usual().with(new JournalSecurity(verifier, Tokens.signer())));
  }

  /** Started, and perhaps not ready. */
  @SuppressWarnings("unchecked") // an array of observers of one type
  public static Instance begin(JournalPlace place, Setup setup) {
    Bus bus = KAFKA.bus();
    return new Instance(
        bus,
        KafkaJournal.start(
            bus,
            place,
            setup.rules(),
            setup.security(),
            setup.timing(),
            setup.producers(),
            setup.observers().toArray(JournalObserver[]::new)));
  }

  public KafkaJournal<Command, State, Event> journal() {
    return journal;
  }

  void awaitReady() {
    try {
      journal.awaitReady(Duration.ofSeconds(40));
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  public CompletableFuture<Answer<Event>> submit(String id, String subject, Command command) {
    return journal.submit(new Asked<>(id, subject, Instant.EPOCH, ADA, command));
  }

  public Answer<Event> ask(String id, String subject, Command command) {
    return submit(id, subject, command).join();
  }

  public Answer<Event> ask(String subject, Command command) {
    return ask(Ids.random(), subject, command);
  }

  /** Ends it before its test ends; closing it again does nothing. */
  void stop() {
    close();
  }

  @Override
  public void close() {
    journal.close();
    bus.close();
  }

  /** A key that lies in this partition. */
  public static String keyIn(int partition, int partitions, String prefix) {
    for (int i = 0; ; i++) {
      if (KeyPartition.of(prefix + i, partitions) == partition) {
        return prefix + i;
      }
    }
  }

  /** Every committed event of a journal, as it stands in Kafka. */
  public static List<Recorded<Event>> log(JournalPlace place) {
    return records(place).stream().map(Instance::event).toList();
  }

  /** The committed events of one subject. */
  public static List<Recorded<Event>> log(JournalPlace place, String subject) {
    return records(place).stream()
        .filter(record -> subject.equals(EventLog.key(record)))
        .map(Instance::event)
        .toList();
  }

  public static List<ConsumerRecord<byte[], byte[]>> records(JournalPlace place) {
    return KAFKA.all(place.events().name(), place.events().partitions());
  }

  public static Envelope envelope(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Envelope.read(record.headers());
    } catch (Envelope.Incomplete broken) {
      throw new IllegalStateException(broken);
    }
  }

  public static Recorded<Event> event(ConsumerRecord<byte[], byte[]> record) {
    try {
      var envelope = envelope(record);
      Event event =
          Shelf.EVENTS.read(new AvroWire(KAFKA.registry()).decode(record.value()).record());
      return new Recorded<>(
          envelope.id(),
          new String(record.key(), StandardCharsets.UTF_8),
          Objects.requireNonNull(envelope.numbers()).sequence(),
          envelope.time(),
          envelope.by(),
          Objects.requireNonNull(envelope.causation()),
          event);
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }
}
