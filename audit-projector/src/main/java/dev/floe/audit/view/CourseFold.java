package dev.floe.audit.view;

import dev.floe.audit.view.Course.Quorum;
import dev.floe.audit.view.Course.Request;
import dev.floe.audit.view.Course.Step;
import dev.floe.audit.view.Course.Target;
import dev.floe.promotion.v1.ApprovalRules;
import dev.floe.promotion.v1.GateEnd;
import dev.floe.promotion.v1.GateOutcome;
import dev.floe.promotion.v1.GateRef;
import dev.floe.promotion.v1.Plan;
import dev.floe.promotion.v1.PostValidationStarted;
import dev.floe.promotion.v1.PromotionApproved;
import dev.floe.promotion.v1.PromotionCancelled;
import dev.floe.promotion.v1.PromotionFailed;
import dev.floe.promotion.v1.PromotionQueued;
import dev.floe.promotion.v1.PromotionRefused;
import dev.floe.promotion.v1.PromotionRequested;
import dev.floe.promotion.v1.PromotionStarted;
import dev.floe.promotion.v1.PromotionSucceeded;
import dev.floe.promotion.v1.TaggingStarted;
import dev.floe.promotion.v1.ValidationFailed;
import dev.floe.promotion.v1.ValidationPassed;
import dev.floe.promotion.v1.ValidationStarted;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Folds {@code floe.promotion.events} into the course of one promotion. */
final class CourseFold {

  private CourseFold() {}

  /** The course after {@code fact}; null as long as nobody asked for the promotion. */
  static @Nullable Course after(@Nullable Course course, Fact fact) {
    return switch (fact.body()) {
      case PromotionRequested e -> course == null ? requested(fact, e) : course;
      case PromotionRefused e -> course == null ? refused(fact, e) : course;
      default -> course == null || Course.isFinal(course.state()) ? course : next(course, fact);
    };
  }

  private static Course next(Course course, Fact fact) {
    return switch (fact.body()) {
      case PromotionQueued _ -> to(course, "queued", fact);
      case ValidationStarted _ -> to(course, "validating", fact);
      case ValidationPassed e ->
          e.getApproval() == null ? course : asked(to(course, "awaiting_approval", fact));
      case ValidationFailed e -> blocked(to(course, "failed", fact), unpassed(e.getFailed()));
      case PromotionApproved _ -> to(course, "approved", fact);
      case PromotionStarted _ -> to(course, "executing", fact);
      case TaggingStarted _ -> to(course, "executing", fact);
      case PostValidationStarted _ -> to(course, "verifying", fact);
      case PromotionSucceeded e -> tagged(to(course, "succeeded", fact), e.getRefs());
      case PromotionFailed e ->
          blocked(
              to(course, endState(e.getCause()), fact),
              List.of(Blocker.of(e.getCause(), e.getMessage())));
      case PromotionCancelled e ->
          blocked(
              to(course, "cancelled", fact),
              List.of(Blocker.of("promotion-cancelled", cancelled(fact, e))));
      default -> course;
    };
  }

  private static Course requested(Fact fact, PromotionRequested e) {
    Plan plan = e.getPlan();
    var request =
        new Request(
            e.getVersion(),
            e.getDigest(),
            e.getFrom(),
            e.getTo(),
            e.getRequestedBy(),
            fact.at(),
            e.getPlanHash(),
            e.getManifestRevision(),
            plan.getGates().stream().map(GateRef::getName).toList(),
            plan.getPostValidation().stream().map(GateRef::getName).toList(),
            plan.getTargets().stream().map(t -> new Target(t.getName(), t.getUrl())).toList(),
            teams(plan.getApproval()),
            e.getRetryOf(),
            e.getReason());
    return new Course(
        request, List.of(new Step("requested", fact.at(), fact.by())), false, List.of(), List.of());
  }

  private static Course refused(Fact fact, PromotionRefused e) {
    var request =
        new Request(
            e.getVersion(),
            e.getDigest(),
            e.getFrom(),
            e.getTo(),
            fact.by(),
            fact.at(),
            null,
            null,
            List.of(),
            List.of(),
            List.of(),
            null,
            null,
            "");
    return new Course(
        request,
        List.of(new Step("refused", fact.at(), fact.by())),
        false,
        List.of(),
        e.getReasons().stream().map(Blocker::of).toList());
  }

  private static @Nullable List<Quorum> teams(@Nullable ApprovalRules rules) {
    return rules == null
        ? null
        : rules.getTeams().stream().map(t -> new Quorum(t.getTeam(), t.getRequired())).toList();
  }

  /** The word for a promotion that ended with {@code cause}. */
  private static String endState(String cause) {
    return switch (cause) {
      case "approval-denied" -> "denied";
      case "approval-expired" -> "expired";
      case "approval-withdrawn" -> "withdrawn";
      default -> "failed";
    };
  }

  private static List<Blocker> unpassed(List<GateOutcome> failed) {
    return failed.stream()
        .filter(outcome -> outcome.getOutcome() != GateEnd.SKIPPED)
        .map(CourseFold::unpassed)
        .toList();
  }

  private static Blocker unpassed(GateOutcome outcome) {
    String gate = outcome.getGate();
    if (outcome.getOutcome() != GateEnd.FAILED) {
      return Blocker.of("gate-errored", "Gate %s gave no verdict.".formatted(gate));
    }
    String problem = outcome.getProblem();
    return Blocker.of(
        problem.isEmpty() ? "gate-failed" : problem, "Gate %s failed.".formatted(gate));
  }

  private static String cancelled(Fact fact, PromotionCancelled e) {
    return e.getReason().isEmpty()
        ? "%s cancelled it.".formatted(fact.by())
        : "%s cancelled it: %s".formatted(fact.by(), e.getReason());
  }

  /** An intent given out again leaves the state, and since when it holds, as they are. */
  private static Course to(Course course, String state, Fact fact) {
    if (course.state().equals(state)) {
      return course;
    }
    List<Step> steps = new ArrayList<>(course.steps());
    steps.add(new Step(state, fact.at(), fact.by()));
    return new Course(
        course.request(), steps, course.peopleAsked(), course.refs(), course.blockedBy());
  }

  private static Course asked(Course course) {
    return new Course(course.request(), course.steps(), true, course.refs(), course.blockedBy());
  }

  private static Course tagged(Course course, List<String> refs) {
    return new Course(
        course.request(), course.steps(), course.peopleAsked(), refs, course.blockedBy());
  }

  private static Course blocked(Course course, List<Blocker> reasons) {
    return new Course(
        course.request(), course.steps(), course.peopleAsked(), course.refs(), reasons);
  }
}
