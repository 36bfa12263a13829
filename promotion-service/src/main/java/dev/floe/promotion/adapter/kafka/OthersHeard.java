package dev.floe.promotion.adapter.kafka;

import dev.floe.approval.v1.ApprovalCompleted;
import dev.floe.approval.v1.ApprovalDenied;
import dev.floe.approval.v1.ApprovalExpired;
import dev.floe.approval.v1.ApprovalWithdrawn;
import dev.floe.gate.v1.GateErrored;
import dev.floe.gate.v1.GateFailed;
import dev.floe.gate.v1.GatePassed;
import dev.floe.gate.v1.GateSkipped;
import dev.floe.messaging.feed.Fact;
import dev.floe.messaging.feed.Outgoing;
import dev.floe.messaging.feed.Reaction;
import dev.floe.promotion.domain.message.Approval;
import dev.floe.promotion.domain.message.ApprovalOutcome;
import dev.floe.promotion.domain.message.GateEnd;
import dev.floe.promotion.domain.message.GateOutcome;
import dev.floe.promotion.domain.message.Phase;
import dev.floe.promotion.domain.message.PromotionCommand;
import dev.floe.promotion.domain.message.PromotionCommand.RecordApproval;
import dev.floe.promotion.domain.message.PromotionCommand.RecordCopy;
import dev.floe.promotion.domain.message.PromotionCommand.RecordLapse;
import dev.floe.promotion.domain.message.PromotionCommand.RecordTags;
import dev.floe.promotion.domain.message.PromotionCommand.RecordValidation;
import dev.floe.promotion.v1.PhaseVerdict;
import dev.floe.registry.v1.ArtifactReplicated;
import dev.floe.registry.v1.CopyVerdict;
import dev.floe.registry.v1.ReplicationFailed;
import dev.floe.registry.v1.TagAssignmentFailed;
import dev.floe.registry.v1.TagsAssigned;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Turns what gates, people and registries came to into reports about the promotion. */
public final class OthersHeard implements Reaction<PromotionCommand> {

  @Override
  public List<Outgoing<PromotionCommand>> react(Fact fact) {
    return report(fact.body())
        .map(report -> new Outgoing<>(report.name(), fact.subject(), report.command()))
        .stream()
        .toList();
  }

  /** A report with the reaction's name, which never changes: command ids come of it. */
  private record Report(String name, PromotionCommand command) {}

  private static Optional<Report> report(IndexedRecord body) {
    return gates(body).or(() -> people(body)).or(() -> registries(body));
  }

  private static Optional<Report> gates(IndexedRecord body) {
    return switch (body) {
      case GatePassed e -> verdict(e.getPromotion(), e.getIntent(), e.getPhase(), e.getVerdict());
      case GateFailed e -> verdict(e.getPromotion(), e.getIntent(), e.getPhase(), e.getVerdict());
      case GateErrored e -> verdict(e.getPromotion(), e.getIntent(), e.getPhase(), e.getVerdict());
      case GateSkipped e -> verdict(e.getPromotion(), e.getIntent(), e.getPhase(), e.getVerdict());
      case dev.floe.gate.v1.IntentLapsed e -> lapse(e.getPromotion(), e.getIntent());
      default -> Optional.empty();
    };
  }

  private static Optional<Report> people(IndexedRecord body) {
    return switch (body) {
      case ApprovalCompleted e -> {
        List<Approval> decisions =
            e.getDecisions().stream()
                .map(d -> new Approval(d.getTeam(), d.getBy(), d.getAt(), d.getVia()))
                .toList();
        yield approval(
            new RecordApproval(
                e.getApproval(), ApprovalOutcome.APPROVED, decisions, "", "", e.getExpiresAt()));
      }
      case ApprovalDenied e ->
          ended(e.getApproval(), ApprovalOutcome.DENIED, e.getBy(), e.getReason());
      case ApprovalExpired e -> ended(e.getApproval(), ApprovalOutcome.EXPIRED, "", "");
      case ApprovalWithdrawn e ->
          ended(e.getApproval(), ApprovalOutcome.WITHDRAWN, "", e.getReason());
      default -> Optional.empty();
    };
  }

  private static Optional<Report> registries(IndexedRecord body) {
    return switch (body) {
      case ArtifactReplicated e ->
          copy(e.getPromotion(), e.getIntent(), e.getVerdict(), e.getBytes());
      case ReplicationFailed e -> copy(e.getPromotion(), e.getIntent(), e.getVerdict(), 0);
      case TagsAssigned e ->
          Optional.ofNullable(e.getPromotion())
              .map(id -> new RecordTags(id, e.getIntent(), true, e.getRefs(), "", ""))
              .map(command -> new Report("tags", command));
      case TagAssignmentFailed e ->
          Optional.ofNullable(e.getPromotion())
              .map(
                  id ->
                      new RecordTags(
                          id, e.getIntent(), false, List.of(), e.getTrouble(), e.getMessage()))
              .map(command -> new Report("tags", command));
      case dev.floe.registry.v1.IntentLapsed e -> lapse(e.getPromotion(), e.getIntent());
      default -> Optional.empty();
    };
  }

  private static Optional<Report> verdict(
      String promotion,
      int intent,
      dev.floe.promotion.v1.Phase phase,
      @Nullable PhaseVerdict verdict) {
    if (verdict == null) {
      return Optional.empty();
    }
    List<GateOutcome> failed =
        verdict.getFailed().stream()
            .map(
                f ->
                    new GateOutcome(
                        f.getGate(), GateEnd.valueOf(f.getOutcome().name()), f.getProblem()))
            .toList();
    return Optional.of(
        new Report(
            "validation",
            new RecordValidation(
                promotion, intent, Phase.valueOf(phase.name()), verdict.getPassed(), failed)));
  }

  private static Optional<Report> copy(
      String promotion, int intent, @Nullable CopyVerdict verdict, long bytes) {
    return Optional.ofNullable(verdict)
        .map(
            v ->
                new RecordCopy(
                    promotion, intent, v.getCopied(), v.getTrouble(), v.getMessage(), bytes))
        .map(command -> new Report("copy", command));
  }

  private static Optional<Report> ended(
      String promotion, ApprovalOutcome outcome, String by, String reason) {
    return approval(
        new RecordApproval(promotion, outcome, List.of(), by, reason, (@Nullable Instant) null));
  }

  private static Optional<Report> approval(RecordApproval command) {
    return Optional.of(new Report("approval", command));
  }

  private static Optional<Report> lapse(String promotion, int intent) {
    return Optional.of(new Report("lapse", new RecordLapse(promotion, intent)));
  }
}
