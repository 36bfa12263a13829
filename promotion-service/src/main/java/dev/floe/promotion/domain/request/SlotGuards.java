package dev.floe.promotion.domain.request;

import static dev.floe.promotion.domain.rule.Reasons.because;

import dev.floe.kernel.Refusal;
import dev.floe.manifest.ProblemCode;
import dev.floe.manifest.Version;
import dev.floe.promotion.domain.line.Live;
import dev.floe.promotion.domain.line.Promotion;
import dev.floe.promotion.domain.message.ApprovalRules;
import dev.floe.promotion.domain.message.TeamQuorum;
import dev.floe.promotion.domain.rule.Plans;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether the slot can take the version now, and whether people can say yes to it. */
final class SlotGuards {

  private SlotGuards() {}

  static Optional<Refusal> wasNotLiveBefore(Question q) {
    Optional<Version> version = q.version();
    if (version.isEmpty() || q.slot().isLive(version.get())) {
      return Optional.empty();
    }
    return q.slot()
        .presence(version.get())
        .map(
            _ ->
                because(
                    ProblemCode.WAS_LIVE_BEFORE,
                    "%s was live in %s before, and a promotion never goes back."
                        .formatted(version.get(), q.command().to()),
                    "floe cannot roll back yet. To bring its content back, publish it as a higher"
                        + " version and promote that."));
  }

  static Optional<Refusal> isNewer(Question q) {
    Optional<Version> version = q.version();
    Optional<Live> live = q.slot().live();
    if (version.isEmpty() || live.isEmpty() || q.command().downgrade()) {
      return Optional.empty();
    }
    // One that was live before is no downgrade to allow: it has its own way back.
    return q.slot().isAhead(version.get()) && wasNotLiveBefore(q).isEmpty()
        ? Optional.of(
            because(
                ProblemCode.NOT_NEWER,
                "%s is not newer than %s, which is live in %s."
                    .formatted(version.get(), live.get().version(), q.command().to()),
                "If you mean to go back to an older version, add --downgrade."))
        : Optional.empty();
  }

  static Optional<Refusal> planIsTheSame(Question q) {
    String wanted = q.command().plan();
    return wanted == null
        ? Optional.empty()
        : q.step()
            .map(
                s ->
                    Plans.hash(
                        s.plan(), s.version(), s.digest(), s.source().name(), s.target().name()))
            .filter(hash -> !hash.equals(wanted))
            .map(
                hash ->
                    because(
                        ProblemCode.PLAN_CHANGED,
                        "The plan is now %s, not %s.".formatted(hash, wanted),
                        "Look at it again: floe platform promote %s %s --dry-run"
                            .formatted(q.command().version(), q.command().to())));
  }

  static Optional<Refusal> isFree(Question q) {
    if (q.command().queue()) {
      return Optional.empty();
    }
    return q.line()
        .holder(q.command().to())
        .map(Promotion::progress)
        .map(
            holder ->
                because(
                    ProblemCode.SLOT_BUSY,
                    "%s of %s holds the slot %s."
                        .formatted(holder.id(), holder.request().version(), q.command().to()),
                    holder.id(),
                    "Wait until it ends, or queue behind it with --queue."));
  }

  static Optional<Refusal> approvalIsAskedFor(Question q) {
    return q.command().requestApproval()
        ? Optional.empty()
        : rules(q)
            .map(
                rules ->
                    because(
                        ProblemCode.APPROVAL_NEEDED,
                        "%s requires an approval.".formatted(q.command().to()),
                        teams(rules),
                        "Request it: floe platform promote %s %s --request-approval"
                            .formatted(q.command().version(), q.command().to())));
  }

  static Optional<Refusal> somebodyCanApprove(Question q) {
    String requester = q.asked().by().name();
    return rules(q)
        .filter(rules -> !Approvers.suffice(q.rules().access(), rules, q.command().to(), requester))
        .map(
            rules ->
                because(
                    ProblemCode.NO_ELIGIBLE_APPROVER,
                    "Without %s, who requests it, there are not enough people to approve for %s."
                        .formatted(requester, q.command().to()),
                    teams(rules),
                    "Add members to these teams in the manifest, or let somebody else request"
                        + " it."));
  }

  private static Optional<ApprovalRules> rules(Question q) {
    return q.step().flatMap(step -> Optional.ofNullable(step.plan().approval()));
  }

  private static String teams(ApprovalRules rules) {
    return rules.teams().stream()
        .map(TeamQuorum::team)
        .filter(team -> !team.isEmpty())
        .collect(Collectors.joining(", "));
  }
}
