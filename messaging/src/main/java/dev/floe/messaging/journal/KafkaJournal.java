package dev.floe.messaging.journal;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Journal;
import dev.floe.kernel.Trouble;
import dev.floe.messaging.Bus;
import dev.floe.messaging.DeadLetters;
import dev.floe.messaging.KeyPartition;
import dev.floe.messaging.Plain;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A journal on Kafka: commands from one topic, events to another, one writer per partition.
 *
 * <p>Any number of instances may run: each partition of the commands topic belongs to one of them,
 * and {@link #submit} works on every instance, for the answer travels over {@code floe.replies}.
 * What is promised when things break stands in {@code docs/journal.md}.
 *
 * @param <C> the commands it takes
 * @param <S> the state of one subject
 * @param <E> the events it keeps
 */
public final class KafkaJournal<C, S, E> implements Journal<C, E>, AutoCloseable {

  private final JournalPlace place;
  private final Ownership<C, S, E> ownership;
  private final CommandSender<C, E> sender;
  private final DeadLetters letters;

  private KafkaJournal(
      JournalPlace place,
      Ownership<C, S, E> ownership,
      CommandSender<C, E> sender,
      DeadLetters letters) {
    this.place = place;
    this.ownership = ownership;
    this.sender = sender;
    this.letters = letters;
  }

  /**
   * Registers the schemas, joins the group and begins; {@link #awaitReady} says when it has
   * partitions and has folded them.
   *
   * @param observers told what happens on this instance's partitions, in this order
   */
  @SafeVarargs
  public static <C, S, E> KafkaJournal<C, S, E> start(
      Bus bus,
      JournalPlace place,
      JournalRules<C, S, E> rules,
      JournalSecurity security,
      JournalObserver<S, E>... observers) {
    return start(bus, place, rules, security, JournalTiming.DEFAULT, observers);
  }

  /** {@link #start} with other time-outs, for tests and for slow networks. */
  @SafeVarargs
  public static <C, S, E> KafkaJournal<C, S, E> start(
      Bus bus,
      JournalPlace place,
      JournalRules<C, S, E> rules,
      JournalSecurity security,
      JournalTiming timing,
      JournalObserver<S, E>... observers) {
    return start(
        bus, place, rules, security, timing, bus.kafka()::transactionalProducer, observers);
  }

  @SafeVarargs
  static <C, S, E> KafkaJournal<C, S, E> start(
      Bus bus,
      JournalPlace anywhere,
      JournalRules<C, S, E> rules,
      JournalSecurity security,
      JournalTiming timing,
      Producers producers,
      JournalObserver<S, E>... observers) {
    JournalPlace place = anywhere.in(bus.partitions());
    bus.wire().register(place.commands().name(), rules.commands().schemas());
    bus.wire().register(place.events().name(), rules.events().schemas());
    Answers.register(bus.wire());
    var letters = new DeadLetters();
    var sender = new CommandSender<>(bus, place, rules, security.signer(), timing.answer());
    var world = new Ownership.World(bus, place, timing, producers, letters);
    var ownership = new Ownership<>(world, rules, security, List.of(observers));
    ownership.start();
    var journal = new KafkaJournal<>(place, ownership, sender, letters);
    bus.troubles().ask(place.group(), journal::troubles);
    return journal;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Completes exceptionally with {@link OutcomeUnknown} when no answer comes in time. {@link
   * Asked#at()} is the broker's to say; the caller's is ignored.
   */
  @Override
  public CompletableFuture<Answer<E>> submit(Asked<C> asked) {
    return sender.send(asked);
  }

  /** {@link #submit} for a fresh command of the service itself, such as a worker's report. */
  public CompletableFuture<Answer<E>> submit(String id, String subject, C command) {
    Actor self = Actor.system(place.service());
    return submit(new Asked<>(id, subject, Instant.EPOCH, self, command));
  }

  /** The committed state of {@code subject}; empty when it has none or is not this instance's. */
  public Optional<S> state(String subject) {
    return ownership.slots().state(subject);
  }

  /** The committed states of all subjects that this instance owns, as they are at this moment. */
  public Map<String, S> owned() {
    return ownership.slots().states();
  }

  /** The halted subjects that this instance owns, each with the reason. */
  public Map<String, String> halted() {
    return ownership.slots().halted();
  }

  /** The halted subjects, as readiness tells of them. */
  public List<Trouble> troubles() {
    return halted().entrySet().stream()
        .map(halted -> trouble(Plain.text(halted.getKey(), 128), halted.getValue()))
        .toList();
  }

  private Trouble trouble(String subject, String why) {
    return new Trouble(
        "halted, nothing is decided about it: its history in %s contradicts itself (%s)"
            .formatted(place.events().name(), Plain.text(why, 300)),
        subject,
        place.purpose().isEmpty()
            ? "Remove the cause, then: floe platform resume " + subject
            : "Remove the cause, then restart: a start folds the history again.");
  }

  /** Whether this instance owns {@code subject} and has folded it. */
  public boolean owns(String subject) {
    return ownership.slots().owns(KeyPartition.of(subject, place.commands().partitions()));
  }

  /**
   * Proves that this instance is still the writer for {@code subject}, by a commit on its
   * partition; called right before an effect outside Kafka.
   *
   * @throws Fenced when it is not: the effect must not happen
   */
  public void fence(String subject) {
    ownership.fence(subject);
  }

  /** Whether it has joined its group and folded every partition that is its own. */
  public boolean isReady() {
    return ownership.isReady();
  }

  /** Waits for {@link #isReady}; throws with what is missing after {@code limit}. */
  public void awaitReady(Duration limit) throws InterruptedException {
    ownership.awaitReady(limit);
  }

  /** The records it gave up, by reason. */
  public DeadLetters deadLetters() {
    return letters;
  }

  /** Finishes the batch at hand, gives the partitions up and leaves the group. */
  @Override
  public void close() {
    ownership.close();
    sender.close();
  }
}
