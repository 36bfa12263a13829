package dev.floe.promotion.adapter;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Decider;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Recorded;
import dev.floe.kernel.Refusal;
import dev.floe.messaging.Bus;
import dev.floe.messaging.Ids;
import dev.floe.messaging.avro.RecordMapper;
import dev.floe.messaging.journal.About;
import dev.floe.messaging.journal.CommandCodec;
import dev.floe.messaging.journal.JournalPlace;
import dev.floe.messaging.journal.JournalRules;
import dev.floe.messaging.journal.KafkaJournal;
import dev.floe.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;

/**
 * Another service, as far as this one hears of it: writes the events it is told to its own topic,
 * through a journal like any other.
 */
public final class Elsewhere<E> implements AutoCloseable {

  private final KafkaJournal<E, Integer, E> journal;

  private Elsewhere(KafkaJournal<E, Integer, E> journal) {
    this.journal = journal;
  }

  /** Starts {@code service}, whose events are {@code type}'s records. */
  public static <E> Elsewhere<E> start(
      Bus bus, String service, Topic commands, Topic events, Class<E> type, Schema... schemas)
      throws InterruptedException {
    RecordMapper<E> mapper = RecordMapper.of(type, List.of(schemas));
    KafkaJournal<E, Integer, E> journal =
        KafkaJournal.start(
            bus,
            JournalPlace.of(service, commands, events),
            new JournalRules<>(new Echo<>(), CommandCodec.of(mapper), mapper, new Nothing<>()),
            Broker.security(service, commands));
    journal.awaitReady(Duration.ofSeconds(30));
    return new Elsewhere<>(journal);
  }

  /** Writes an event about {@code artifact}; returns once it is committed. */
  public void tells(String artifact, E event) throws Exception {
    var asked =
        new Asked<>(Ids.random(), artifact, Instant.EPOCH, Actor.system("elsewhere"), event);
    var answer = journal.submit(asked).get(20, TimeUnit.SECONDS);
    if (answer.facts().size() != 1) {
      throw new IllegalStateException("not told: " + event);
    }
  }

  @Override
  public void close() {
    journal.close();
  }

  private static final class Echo<E> implements Decider<E, Integer, E> {
    @Override
    public Integer initialState() {
      return 0;
    }

    @Override
    public Decision<E> decide(Integer told, Asked<E> asked) {
      return Decision.accept(List.of(asked.command()));
    }

    @Override
    public Integer evolve(Integer told, Recorded<E> fact) {
      return told + 1;
    }
  }

  private static final class Nothing<E> implements About<E> {
    @Override
    public String subject(String key, E event) {
      return key;
    }

    @Override
    public Optional<String> correlation(E event) {
      return Optional.empty();
    }

    @Override
    public List<Refusal> because(E event) {
      return List.of();
    }
  }
}
