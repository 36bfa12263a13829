package dev.floe.approval;

import dev.floe.access.AccessRules;
import dev.floe.approval.adapter.kafka.ApprovalRecords;
import dev.floe.approval.adapter.kafka.ApprovalSubjects;
import dev.floe.approval.adapter.kafka.PromotionsHeard;
import dev.floe.approval.application.RuledApprovals;
import dev.floe.approval.domain.ApprovalCommand;
import dev.floe.approval.domain.ApprovalEvent;
import dev.floe.approval.domain.Approvals;
import dev.floe.messaging.Bus;
import dev.floe.messaging.feed.Reactions;
import dev.floe.messaging.journal.CommandCodec;
import dev.floe.messaging.journal.JournalPlace;
import dev.floe.messaging.journal.JournalRules;
import dev.floe.messaging.journal.JournalSecurity;
import dev.floe.messaging.journal.KafkaJournal;
import dev.floe.messaging.journal.Ticker;
import dev.floe.schemas.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** The approval service: its journal, what it hears of promotions, and its sense of time. */
public final class ApprovalService implements AutoCloseable {

  /** The service's name on Kafka and in tokens. */
  public static final String NAME = "approval-service";

  private static final Duration TICK = Duration.ofMillis(500);

  private final KafkaJournal<ApprovalCommand, Approvals, ApprovalEvent> journal;
  private final Reactions<ApprovalCommand> reactions;
  private final Ticker<ApprovalCommand, Approvals> ticker;
  private final ApprovalSubjects subjects;

  private ApprovalService(
      KafkaJournal<ApprovalCommand, Approvals, ApprovalEvent> journal,
      Reactions<ApprovalCommand> reactions,
      Ticker<ApprovalCommand, Approvals> ticker,
      ApprovalSubjects subjects) {
    this.journal = journal;
    this.reactions = reactions;
    this.ticker = ticker;
    this.subjects = subjects;
  }

  /**
   * Starts to serve; {@link #isReady} says when it does.
   *
   * @param rules the rules in force, asked for each decision
   */
  public static ApprovalService start(
      Bus bus, JournalSecurity security, Supplier<AccessRules> rules, InstantSource clock) {
    var place = JournalPlace.of(NAME, Topics.APPROVAL_COMMANDS, Topics.APPROVAL_EVENTS);
    var commands = CommandCodec.of(ApprovalRecords.COMMANDS);
    var journal =
        KafkaJournal.start(
            bus,
            place,
            new JournalRules<>(
                new RuledApprovals(rules), commands, ApprovalRecords.EVENTS, new ApprovalRecords()),
            security);
    var reactions =
        Reactions.start(
            bus,
            place,
            commands,
            security.signer(),
            List.of(Topics.PROMOTION_EVENTS),
            new PromotionsHeard());
    var ticker = Ticker.start(journal, Approvals::nextDue, new ApprovalCommand.Tick(), TICK, clock);
    return new ApprovalService(journal, reactions, ticker, ApprovalSubjects.start(bus));
  }

  public KafkaJournal<ApprovalCommand, Approvals, ApprovalEvent> journal() {
    return journal;
  }

  public ApprovalSubjects subjects() {
    return subjects;
  }

  public boolean isReady() {
    return journal.isReady() && reactions.isReady() && subjects.isReady();
  }

  @Override
  public void close() {
    ticker.close();
    reactions.close();
    subjects.close();
    journal.close();
  }
}
