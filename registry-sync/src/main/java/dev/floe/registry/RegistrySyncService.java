package dev.floe.registry;

import dev.floe.access.AccessRules;
import dev.floe.messaging.Bus;
import dev.floe.messaging.feed.Reactions;
import dev.floe.messaging.journal.Attempts;
import dev.floe.messaging.journal.CommandCodec;
import dev.floe.messaging.journal.JournalPlace;
import dev.floe.messaging.journal.JournalRules;
import dev.floe.messaging.journal.JournalSecurity;
import dev.floe.messaging.journal.KafkaJournal;
import dev.floe.messaging.journal.Reports;
import dev.floe.messaging.journal.Ticker;
import dev.floe.registry.adapter.kafka.DriftWatch;
import dev.floe.registry.adapter.kafka.IntentsHeard;
import dev.floe.registry.adapter.kafka.RegistryRecords;
import dev.floe.registry.adapter.kafka.StartedWork;
import dev.floe.registry.application.RegistryWork;
import dev.floe.registry.application.RegistryWorker;
import dev.floe.registry.application.RuledRegistry;
import dev.floe.registry.application.TagChecks;
import dev.floe.registry.application.TagInspection;
import dev.floe.registry.domain.RegistryCommand;
import dev.floe.registry.domain.RegistryEvent;
import dev.floe.registry.domain.Works;
import dev.floe.schemas.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The keeper of registries: its journal, its worker, and what it hears of promotions. */
public final class RegistrySyncService implements AutoCloseable {

  /** The service's name on Kafka and in tokens. */
  public static final String NAME = "registry-sync";

  private static final Duration TICK = Duration.ofSeconds(1);

  private final KafkaJournal<RegistryCommand, Works, RegistryEvent> journal;
  private final Reactions<RegistryCommand> reactions;
  private final Ticker<RegistryCommand, Works> ticker;
  private final Attempts<RegistryCommand> attempts;
  private final DriftWatch drift;

  private RegistrySyncService(
      KafkaJournal<RegistryCommand, Works, RegistryEvent> journal,
      Reactions<RegistryCommand> reactions,
      Ticker<RegistryCommand, Works> ticker,
      Attempts<RegistryCommand> attempts,
      DriftWatch drift) {
    this.journal = journal;
    this.reactions = reactions;
    this.ticker = ticker;
    this.attempts = attempts;
    this.drift = drift;
  }

  /**
   * What is done in registries.
   *
   * @param copies and tags
   * @param inspection of tags
   * @param ready awaited before anything is done
   */
  public record Hands(RegistryWork copies, TagInspection inspection, Attempts.Ready ready) {}

  /**
   * Starts to serve; {@link #isReady} says when it does.
   *
   * @param rules the rules in force, asked for each decision
   */
  public static RegistrySyncService start(
      Bus bus,
      JournalSecurity security,
      Supplier<AccessRules> rules,
      Hands hands,
      InstantSource clock) {
    var place = JournalPlace.of(NAME, Topics.REGISTRY_COMMANDS, Topics.REGISTRY_EVENTS);
    var commands = CommandCodec.of(RegistryRecords.COMMANDS);
    var reports = new Reports<RegistryCommand>();
    var writer = new CompletableFuture<KafkaJournal<RegistryCommand, Works, RegistryEvent>>();
    var worker =
        new RegistryWorker(hands.copies(), artifact -> writer.join().fence(artifact), clock);
    var ruled = new RuledRegistry(rules);
    var attempts = new Attempts<>(reports, hands.ready(), bus.partitions());
    var journal =
        KafkaJournal.start(
            bus,
            place,
            new JournalRules<>(ruled, commands, RegistryRecords.EVENTS, new RegistryRecords()),
            security,
            new StartedWork(worker, attempts, reports));
    writer.complete(journal);
    reports.connect(journal);
    var reactions =
        Reactions.start(
            bus,
            place,
            commands,
            security.signer(),
            List.of(Topics.PROMOTION_EVENTS),
            new IntentsHeard());
    var ticker =
        Ticker.start(
            journal, state -> state.nextDue(ruled), new RegistryCommand.Tick(), TICK, clock);
    var drift =
        DriftWatch.start(
            journal, hands.inspection(), () -> rules.get().manifest(), hands.ready(), clock);
    return new RegistrySyncService(journal, reactions, ticker, attempts, drift);
  }

  public KafkaJournal<RegistryCommand, Works, RegistryEvent> journal() {
    return journal;
  }

  public boolean isReady() {
    return journal.isReady() && reactions.isReady();
  }

  /** Compares registries with the log. */
  public TagChecks tagChecks() {
    return drift;
  }

  @Override
  public void close() {
    drift.close();
    ticker.close();
    reactions.close();
    attempts.close();
    journal.close();
  }
}
