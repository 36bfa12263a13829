package dev.floe.approval.adapter.kafka;

import dev.floe.approval.domain.ApprovalCommand;
import dev.floe.approval.domain.ApprovalCommand.RequestApproval;
import dev.floe.approval.domain.ApprovalCommand.WithdrawApproval;
import dev.floe.approval.domain.TeamQuorum;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Version;
import dev.floe.messaging.feed.Fact;
import dev.floe.messaging.feed.Outgoing;
import dev.floe.messaging.feed.Reaction;
import dev.floe.promotion.v1.ApprovalRules;
import dev.floe.promotion.v1.PromotionCancelled;
import dev.floe.promotion.v1.PromotionFailed;
import dev.floe.promotion.v1.ValidationPassed;
import java.time.Duration;
import java.util.List;

/** Asks people when a validation passed that needs them, and takes it back with its promotion. */
public final class PromotionsHeard implements Reaction<ApprovalCommand> {

  @Override
  public List<Outgoing<ApprovalCommand>> react(Fact fact) {
    return switch (fact.body()) {
      case ValidationPassed passed when passed.getApproval() != null ->
          List.of(new Outgoing<>("ask", fact.subject(), request(passed, passed.getApproval())));
      case PromotionCancelled cancelled ->
          withdraw(fact, cancelled.getPromotion(), cancelled(fact, cancelled.getReason()));
      case PromotionFailed failed -> withdraw(fact, failed.getPromotion(), failed.getMessage());
      default -> List.of();
    };
  }

  private static RequestApproval request(ValidationPassed passed, ApprovalRules rules) {
    return new RequestApproval(
        passed.getPromotion(),
        Version.parse(passed.getVersion()),
        Digest.parse(passed.getDigest()),
        passed.getFrom(),
        passed.getTo(),
        rules.getTeams().stream()
            .map(team -> new TeamQuorum(team.getTeam(), team.getRequired()))
            .toList(),
        rules.getSeparationOfDuties(),
        passed.getRequestedBy(),
        Duration.parse(rules.getTimeout()),
        passed.getManifestRevision());
  }

  private static String cancelled(Fact fact, String reason) {
    String who = "%s cancelled the promotion".formatted(fact.recorded().by().name());
    return reason.isBlank() ? who + "." : who + ": " + reason;
  }

  private static List<Outgoing<ApprovalCommand>> withdraw(
      Fact fact, String approval, String reason) {
    return List.of(
        new Outgoing<>("withdraw", fact.subject(), new WithdrawApproval(approval, reason)));
  }
}
