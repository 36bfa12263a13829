package dev.floe.promotion.domain.request;

import static dev.floe.promotion.domain.rule.Reasons.because;

import dev.floe.kernel.Asked;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Refusal;
import dev.floe.manifest.Environment;
import dev.floe.manifest.ProblemCode;
import dev.floe.promotion.domain.course.Approving;
import dev.floe.promotion.domain.course.Course;
import dev.floe.promotion.domain.course.Onward;
import dev.floe.promotion.domain.line.Promotion;
import dev.floe.promotion.domain.line.Promotion.Approved;
import dev.floe.promotion.domain.line.Promotion.AwaitingApproval;
import dev.floe.promotion.domain.line.Published;
import dev.floe.promotion.domain.line.ReleaseLine;
import dev.floe.promotion.domain.message.PromotionCommand.RequestPromotion;
import dev.floe.promotion.domain.message.PromotionEvent;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionRefused;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionRequested;
import dev.floe.promotion.domain.request.Question.Step;
import dev.floe.promotion.domain.rule.Plans;
import dev.floe.promotion.domain.rule.Rules;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Opens a promotion, goes on with an approved one, or says everything that stands in the way. */
public final class Requesting {

  private interface Guard extends Function<Question, Optional<Refusal>> {}

  /** What the request itself must get right; in the order of the reasons' weight. */
  private static final List<Guard> ABOUT_THE_REQUEST =
      List.of(
          NamingGuards::mayPromote,
          NamingGuards::versionIsOne,
          NamingGuards::registriesExist,
          NamingGuards::registriesAreConfigured,
          NamingGuards::artifactExists,
          NamingGuards::environmentsExist,
          NamingGuards::versionExists,
          RetryGuards::retriedExists,
          PathGuards::isNotTheFirst,
          PathGuards::goesForward,
          PathGuards::skipsNothing,
          PathGuards::reachedTheSource,
          PathGuards::isTheSameDigest);

  /** What must be true where no promotion of the version is open yet. */
  private static final List<Guard> ABOUT_THE_SLOT =
      List.of(
          RetryGuards::resultsMayBeUsed,
          SlotGuards::wasNotLiveBefore,
          SlotGuards::isNewer,
          SlotGuards::planIsTheSame,
          SlotGuards::isFree,
          SlotGuards::approvalIsAskedFor,
          SlotGuards::somebodyCanApprove);

  private Requesting() {}

  public static Decision<PromotionEvent> request(
      ReleaseLine line, Asked<?> asked, Rules rules, RequestPromotion command) {
    Question q = Question.of(rules, line, asked, command);
    List<Refusal> wrong = reasons(ABOUT_THE_REQUEST, q);
    if (wrong.isEmpty()) {
      Optional<Promotion> open = q.version().flatMap(v -> line.openFor(v, command.to()));
      if (open.isPresent()) {
        return goOn(q, open.get());
      }
      if (q.version().filter(q.slot()::isSoundlyLive).isPresent()) {
        return Decision.alreadyDone();
      }
    }
    List<Refusal> all = Stream.concat(wrong.stream(), reasons(ABOUT_THE_SLOT, q).stream()).toList();
    return all.isEmpty() ? open(q, q.step().orElseThrow()) : refuse(q, all);
  }

  private static List<Refusal> reasons(List<Guard> guards, Question q) {
    return guards.stream().map(guard -> guard.apply(q)).flatMap(Optional::stream).toList();
  }

  /** While a promotion of this version into this environment is open, promoting is that one. */
  private static Decision<PromotionEvent> goOn(Question q, Promotion promotion) {
    String plan = q.command().plan();
    if (plan != null && !plan.equals(promotion.progress().request().planHash())) {
      return refuse(q, List.of(anotherPlan(promotion, plan)));
    }
    return switch (promotion) {
      case AwaitingApproval waiting -> refuse(q, List.of(pending(waiting)));
      case Approved approved -> useApproval(q, approved);
      case Promotion _ -> Decision.alreadyDone();
    };
  }

  private static Decision<PromotionEvent> useApproval(Question q, Approved approved) {
    Course course = Course.of(q.line(), q.asked());
    List<Refusal> reasons = Approving.obstacles(course, q.rules(), approved);
    return reasons.isEmpty() ? Onward.go(course, approved).decided() : refuse(q, reasons);
  }

  private static Refusal anotherPlan(Promotion promotion, String plan) {
    return because(
        ProblemCode.PLAN_CHANGED,
        "%s is open under the plan %s, not %s."
            .formatted(promotion.id(), promotion.progress().request().planHash(), plan),
        promotion.id(),
        "To continue it, leave --plan out; or cancel it first.");
  }

  private static Refusal pending(AwaitingApproval waiting) {
    return because(
        ProblemCode.APPROVAL_PENDING,
        "%s is waiting for approval.".formatted(waiting.id()),
        waiting.id(),
        "See who must approve: floe platform approval status " + waiting.id());
  }

  private static Decision<PromotionEvent> open(Question q, Step step) {
    Course course =
        Course.of(q.line(), q.asked()).then(requested(q, step, PromotionIds.of(q.asked())));
    Promotion promotion = course.line().open().get(PromotionIds.of(q.asked())).orElseThrow();
    return Onward.go(course, promotion).decided();
  }

  private static PromotionRequested requested(Question q, Step step, String id) {
    RequestPromotion c = q.command();
    String from = step.source().name();
    String to = step.target().name();
    return new PromotionRequested(
        id,
        step.version(),
        step.digest(),
        from,
        to,
        step.plan(),
        Plans.hash(step.plan(), step.version(), step.digest(), from, to),
        q.rules().revision(),
        q.manifest().rulesHash(to),
        q.asked().by().name(),
        step.plan().approval() != null,
        c.downgrade(),
        c.retry(),
        c.reason());
  }

  private static Decision<PromotionEvent> refuse(Question q, List<Refusal> reasons) {
    return Decision.refuse(
        reasons,
        new PromotionRefused(
            PromotionIds.of(q.asked()),
            q.version().map(Object::toString).orElse(q.command().version()),
            Optional.ofNullable(q.published()).map(Published::digest).orElse(null),
            Optional.ofNullable(q.source()).map(Environment::name).orElse(q.command().from()),
            q.command().to(),
            reasons));
  }
}
