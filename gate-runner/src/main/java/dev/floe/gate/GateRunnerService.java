package dev.floe.gate;

import dev.floe.gate.adapter.kafka.GateRecords;
import dev.floe.gate.adapter.kafka.IntentsHeard;
import dev.floe.gate.adapter.kafka.StartedGates;
import dev.floe.gate.application.GateRun;
import dev.floe.gate.application.HostedGates;
import dev.floe.gate.domain.GateCommand;
import dev.floe.gate.domain.GateEvent;
import dev.floe.gate.domain.GateRuns;
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
import dev.floe.schemas.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The gate runner: its journal, its worker, and what it hears of promotions. */
public final class GateRunnerService implements AutoCloseable {

  /** The service's name on Kafka and in tokens. */
  public static final String NAME = "gate-runner";

  private static final Duration TICK = Duration.ofSeconds(1);

  private final KafkaJournal<GateCommand, GateRuns, GateEvent> journal;
  private final Reactions<GateCommand> reactions;
  private final Ticker<GateCommand, GateRuns> ticker;
  private final Attempts<GateCommand> attempts;

  private GateRunnerService(
      KafkaJournal<GateCommand, GateRuns, GateEvent> journal,
      Reactions<GateCommand> reactions,
      Ticker<GateCommand, GateRuns> ticker,
      Attempts<GateCommand> attempts) {
    this.journal = journal;
    this.reactions = reactions;
    this.ticker = ticker;
    this.attempts = attempts;
  }

  /**
   * Starts to serve; {@link #isReady} says when it does.
   *
   * @param ready awaited before a gate runs
   */
  public static GateRunnerService start(
      Bus bus, JournalSecurity security, GateRun runs, Attempts.Ready ready, InstantSource clock) {
    var place = JournalPlace.of(NAME, Topics.GATE_COMMANDS, Topics.GATE_EVENTS);
    var commands = CommandCodec.of(GateRecords.COMMANDS);
    var reports = new Reports<GateCommand>();
    var attempts = new Attempts<>(reports, ready, bus.partitions());
    var journal =
        KafkaJournal.start(
            bus,
            place,
            new JournalRules<>(
                new HostedGates(runs::confinementOf),
                commands,
                GateRecords.EVENTS,
                new GateRecords()),
            security,
            new StartedGates(runs, attempts, reports));
    reports.connect(journal);
    var reactions =
        Reactions.start(
            bus,
            place,
            commands,
            security.signer(),
            List.of(Topics.PROMOTION_EVENTS),
            new IntentsHeard());
    var ticker = Ticker.start(journal, GateRuns::nextDue, new GateCommand.Tick(), TICK, clock);
    return new GateRunnerService(journal, reactions, ticker, attempts);
  }

  public KafkaJournal<GateCommand, GateRuns, GateEvent> journal() {
    return journal;
  }

  public boolean isReady() {
    return journal.isReady() && reactions.isReady();
  }

  @Override
  public void close() {
    ticker.close();
    reactions.close();
    attempts.close();
    journal.close();
  }
}
