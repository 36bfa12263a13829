package dev.floe.promotion.domain.course;

import dev.floe.kernel.Asked;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Refusal;
import dev.floe.manifest.ProblemCode;
import dev.floe.promotion.domain.line.Progress;
import dev.floe.promotion.domain.line.Promotion.Copying;
import dev.floe.promotion.domain.line.Promotion.Tagging;
import dev.floe.promotion.domain.line.Promotion.Validating;
import dev.floe.promotion.domain.line.Promotion.Verifying;
import dev.floe.promotion.domain.line.Promotion.Working;
import dev.floe.promotion.domain.line.ReleaseLine;
import dev.floe.promotion.domain.message.GateOutcome;
import dev.floe.promotion.domain.message.Phase;
import dev.floe.promotion.domain.message.PromotionCommand.Answer;
import dev.floe.promotion.domain.message.PromotionCommand.RecordCopy;
import dev.floe.promotion.domain.message.PromotionCommand.RecordLapse;
import dev.floe.promotion.domain.message.PromotionCommand.RecordTags;
import dev.floe.promotion.domain.message.PromotionCommand.RecordValidation;
import dev.floe.promotion.domain.message.PromotionEvent;
import dev.floe.promotion.domain.message.PromotionEvent.PostValidationFailed;
import dev.floe.promotion.domain.message.PromotionEvent.PostValidationPassed;
import dev.floe.promotion.domain.message.PromotionEvent.ValidationFailed;
import dev.floe.promotion.domain.message.TagStage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the answer to an intent leads to. */
public final class Answers {

  /** How often an intent that nobody took up is given out again. */
  private static final int MOST_LAPSES = 3;

  private Answers() {}

  /**
   * Goes on with the promotion whose current intent is answered. An answer to an earlier intent, or
   * to a promotion that is over, changes nothing.
   */
  public static Decision<PromotionEvent> record(ReleaseLine line, Asked<?> asked, Answer answer) {
    Optional<Working> current =
        line.open()
            .get(answer.promotion())
            .filter(Working.class::isInstance)
            .map(Working.class::cast)
            .filter(working -> working.intent().number() == answer.intent());
    return current
        .map(working -> step(Course.of(line, asked), working, answer).decided())
        .orElseGet(Decision::alreadyDone);
  }

  private record Step(Working working, Answer answer) {}

  private static Course step(Course course, Working working, Answer answer) {
    return switch (new Step(working, answer)) {
      case Step(Validating p, RecordValidation c) when c.phase() == Phase.BEFORE ->
          validated(course, p, c);
      case Step(Verifying p, RecordValidation c) when c.phase() == Phase.AFTER ->
          verified(course, p, c);
      case Step(Copying p, RecordCopy c) -> copied(course, p, c);
      case Step(Tagging p, RecordTags c) -> tagged(course, p, c);
      case Step(Working p, RecordLapse _) -> lapsed(course, p);
      case Step(Working _, RecordValidation _),
          Step(Working _, RecordCopy _),
          Step(Working _, RecordTags _) ->
          course;
    };
  }

  private static Course validated(Course course, Validating p, RecordValidation c) {
    if (allPassed(c)) {
      return Onward.passed(course, p);
    }
    var r = p.progress().request();
    return course.then(
        new ValidationFailed(
            r.promotion(), c.intent(), r.version(), r.digest(), r.from(), r.to(), c.failed()));
  }

  /** A gate that did not pass contradicts a verdict that all did; then the gate is believed. */
  private static boolean allPassed(RecordValidation c) {
    return c.passed() && c.failed().isEmpty();
  }

  private static Course copied(Course course, Copying p, RecordCopy c) {
    if (!c.copied()) {
      return course.then(broken(p.progress(), c.trouble(), ProblemCode.COPY_FAILED, c.message()));
    }
    return unlessStopped(
        course,
        p.progress(),
        Intents.tagging(course, p.progress(), TagStage.ENVIRONMENT, c.bytes()));
  }

  private static Course tagged(Course course, Tagging p, RecordTags c) {
    if (!c.assigned()) {
      return course.then(
          broken(p.progress(), c.trouble(), ProblemCode.TAGGING_FAILED, c.message()));
    }
    boolean toVerify =
        p.stage() == TagStage.ENVIRONMENT && !p.progress().plan().postValidation().isEmpty();
    // It is live now: no guard may end the promotion before the line knows that.
    return toVerify
        ? course.then(Intents.postValidation(course, p.progress()))
        : released(course, p.progress(), p.stage(), p.bytes());
  }

  private static Course released(Course course, Progress progress, TagStage done, long bytes) {
    boolean releaseTagMissing =
        done == TagStage.ENVIRONMENT && progress.plan().releaseTag() != null;
    return course.then(
        releaseTagMissing
            ? Intents.tagging(course, progress, TagStage.RELEASE, bytes)
            : Ends.succeeded(course, progress, bytes));
  }

  private static Course verified(Course course, Verifying p, RecordValidation c) {
    var r = p.progress().request();
    if (allPassed(c)) {
      Course passed =
          course.then(
              new PostValidationPassed(
                  r.promotion(), c.intent(), r.version(), r.digest(), r.from(), r.to()));
      return released(passed, p.progress(), TagStage.ENVIRONMENT, p.bytes());
    }
    String gates = c.failed().stream().map(GateOutcome::gate).collect(Collectors.joining(", "));
    return course
        .then(
            new PostValidationFailed(
                r.promotion(), c.intent(), r.version(), r.digest(), r.from(), r.to(), c.failed()))
        .then(
            Ends.failed(
                p.progress(),
                ProblemCode.POST_VALIDATION_FAILED.code(),
                "%s is live in %s but failed its post-validation there: %s."
                    .formatted(r.version(), r.to(), gates),
                ""));
  }

  private static Course lapsed(Course course, Working p) {
    Progress progress = p.progress();
    if (p.intent().lapses() >= MOST_LAPSES) {
      return course.then(
          Ends.timedOut(
              progress,
              "No worker started step %d in time, nor the %d attempts before it."
                  .formatted(p.intent().number(), MOST_LAPSES)));
    }
    return switch (p) {
      case Validating _ -> unlessUnusable(course, progress, Intents.validation(course, progress));
      case Copying _ -> unlessStopped(course, progress, Intents.copy(course, progress));
      case Tagging t when t.stage() == TagStage.ENVIRONMENT ->
          unlessStopped(course, progress, Intents.tagging(course, progress, t.stage(), t.bytes()));
      case Tagging t -> course.then(Intents.tagging(course, progress, t.stage(), t.bytes()));
      case Verifying _ -> course.then(Intents.postValidation(course, progress));
    };
  }

  private static Course unlessStopped(Course course, Progress progress, PromotionEvent event) {
    return next(course, progress, event, Guards.beforeEffect(course.line(), progress));
  }

  private static Course unlessUnusable(Course course, Progress progress, PromotionEvent event) {
    return next(course, progress, event, Guards.beforeStart(course.line(), progress, course.at()));
  }

  private static Course next(
      Course course, Progress progress, PromotionEvent event, List<Refusal> reasons) {
    return course.then(reasons.isEmpty() ? event : Ends.failed(progress, reasons.getFirst()));
  }

  private static PromotionEvent broken(
      Progress progress, String trouble, ProblemCode otherwise, String message) {
    return Ends.failed(progress, trouble.isEmpty() ? otherwise.code() : trouble, message, "");
  }
}
