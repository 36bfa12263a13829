package dev.floe.promotion.domain.course;

import static dev.floe.promotion.domain.rule.Reasons.because;

import dev.floe.kernel.Asked;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Refusal;
import dev.floe.manifest.Environment.OnApproval;
import dev.floe.manifest.ProblemCode;
import dev.floe.promotion.domain.line.Progress;
import dev.floe.promotion.domain.line.Promotion;
import dev.floe.promotion.domain.line.Promotion.Approved;
import dev.floe.promotion.domain.line.Promotion.AwaitingApproval;
import dev.floe.promotion.domain.line.ReleaseLine;
import dev.floe.promotion.domain.message.Approval;
import dev.floe.promotion.domain.message.ApprovalRules;
import dev.floe.promotion.domain.message.PromotionCommand.RecordApproval;
import dev.floe.promotion.domain.message.PromotionEvent;
import dev.floe.promotion.domain.message.PromotionEvent.CommandRefused;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionApproved;
import dev.floe.promotion.domain.rule.Rules;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What people's decision leads to. */
public final class Approving {

  private Approving() {}

  /** Goes on with the promotion that waits for this decision; any other is left alone. */
  public static Decision<PromotionEvent> record(
      ReleaseLine line, Asked<?> asked, Rules rules, RecordApproval c) {
    Promotion promotion = line.open().get(c.promotion()).orElse(null);
    if (!(promotion instanceof AwaitingApproval waiting)) {
      return Decision.alreadyDone();
    }
    Course course = Course.of(line, asked);
    return switch (c.outcome()) {
      case APPROVED -> approved(course, rules, waiting, c);
      case DENIED -> ended(course, waiting, ProblemCode.APPROVAL_DENIED, "was denied", c);
      case EXPIRED -> ended(course, waiting, ProblemCode.APPROVAL_EXPIRED, "has expired", c);
      case WITHDRAWN -> ended(course, waiting, ProblemCode.APPROVAL_WITHDRAWN, "was withdrawn", c);
    };
  }

  private static Decision<PromotionEvent> ended(
      Course course, AwaitingApproval waiting, ProblemCode cause, String what, RecordApproval c) {
    var r = waiting.progress().request();
    String by = c.by().isEmpty() ? "" : " by " + c.by();
    String why = c.reason().isEmpty() ? "." : ": " + c.reason();
    String message =
        "The approval of %s for %s %s%s%s".formatted(r.version(), r.to(), what, by, why);
    return course.then(Ends.failed(waiting.progress(), cause.code(), message, c.by())).decided();
  }

  private static Decision<PromotionEvent> approved(
      Course course, Rules rules, AwaitingApproval waiting, RecordApproval c) {
    Progress progress = waiting.progress();
    ApprovalRules asked = progress.plan().approval();
    if (asked == null || !satisfies(asked, progress.request().requestedBy(), c.decisions())) {
      return incomplete(progress, c);
    }
    Instant expiresAt =
        c.expiresAt() == null ? waiting.since().plus(asked.timeout()) : c.expiresAt();
    if (!course.at().isBefore(expiresAt)) {
      return course.then(Ends.failed(progress, Ends.approvalExpired(progress))).decided();
    }
    var r = progress.request();
    Course approved =
        course.then(
            new PromotionApproved(
                r.promotion(),
                r.version(),
                r.digest(),
                r.from(),
                r.to(),
                c.decisions(),
                expiresAt));
    return r.plan().onApproval() == OnApproval.PROCEED
        ? proceed(approved, rules, r.promotion()).decided()
        : approved.decided();
  }

  /** Where something stands in the way it stays approved: the next promote tells what. */
  private static Course proceed(Course course, Rules rules, String id) {
    Promotion promotion = course.line().open().get(id).orElseThrow();
    return promotion instanceof Approved approved && obstacles(course, rules, approved).isEmpty()
        ? Onward.go(course, approved)
        : course;
  }

  /** Why an approved promotion may not go on now; empty if it may. */
  public static List<Refusal> obstacles(Course course, Rules rules, Approved approved) {
    Progress progress = approved.progress();
    return Stream.concat(
            Guards.beforeStart(course.line(), progress, course.at()).stream(),
            rulesChanged(rules, progress))
        .toList();
  }

  private static Stream<Refusal> rulesChanged(Rules rules, Progress progress) {
    var r = progress.request();
    boolean same =
        rules
            .manifest()
            .environment(r.to())
            .filter(to -> rules.manifest().rulesHash(to.name()).equals(r.rulesHash()))
            .isPresent();
    return same
        ? Stream.empty()
        : Stream.of(
            because(
                ProblemCode.RULES_CHANGED,
                "The rules for %s have changed since %s was approved under revision %d."
                    .formatted(r.to(), r.version(), r.manifestRevision()),
                r.promotion(),
                "Cancel it, then request it again: floe platform cancel " + r.promotion()));
  }

  /**
   * Whether the decisions are what was asked for. The approval service has seen to it; nothing
   * enters an environment on one service's word alone.
   */
  static boolean satisfies(ApprovalRules asked, String requestedBy, List<Approval> decisions) {
    boolean quorums =
        asked.teams().stream()
            .allMatch(
                quorum ->
                    decisions.stream()
                            .filter(d -> d.team().equals(quorum.team()))
                            .map(Approval::by)
                            .distinct()
                            .count()
                        >= quorum.required());
    if (!asked.separationOfDuties()) {
      return quorums;
    }
    Set<String> people = new HashSet<>();
    return quorums
        && decisions.stream().allMatch(d -> people.add(d.by()) && !d.by().equals(requestedBy));
  }

  private static Decision<PromotionEvent> incomplete(Progress progress, RecordApproval c) {
    var reason =
        because(
            ProblemCode.APPROVAL_NEEDED,
            "The decisions on %s do not cover every required team.".formatted(progress.id()),
            progress.id(),
            "See which teams must still approve: floe platform approval status " + progress.id());
    return Decision.refuse(
        List.of(reason),
        new CommandRefused(
            "RecordApproval",
            c.promotion(),
            progress.request().version().toString(),
            List.of(reason)));
  }
}
