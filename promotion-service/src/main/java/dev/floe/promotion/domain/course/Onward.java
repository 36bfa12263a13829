package dev.floe.promotion.domain.course;

import dev.floe.kernel.Refusal;
import dev.floe.promotion.domain.line.Progress;
import dev.floe.promotion.domain.line.Promotion;
import dev.floe.promotion.domain.line.Promotion.Ready;
import dev.floe.promotion.domain.line.Promotion.Working;
import dev.floe.promotion.domain.message.PromotionEvent;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionQueued;
import dev.floe.promotion.domain.message.PromotionEvent.ValidationPassed;
import dev.floe.promotion.domain.message.PromotionEvent.ValidationStarted;
import java.util.List;
import java.util.Optional;

/** Sends a promotion on its way that waits for nothing but its turn. */
public final class Onward {

  private Onward() {}

  /** The next step of a promotion that is free to go: to the gates, to people or to the copy. */
  public static Course go(Course course, Promotion promotion) {
    Progress progress = promotion.progress();
    Optional<Working> holder = course.line().holder(promotion.to());
    if (holder.isPresent()) {
      return course.then(queued(progress, holder.get()));
    }
    return progress.hasFreshResults(course.at())
        ? pastTheGates(course, progress)
        : toTheGates(course, progress);
  }

  private static Course toTheGates(Course course, Progress progress) {
    ValidationStarted started = Intents.validation(course, progress);
    Course validating = unlessStopped(course, progress, started);
    boolean nothingToRun = started.gates().isEmpty();
    return nothingToRun && validating.line().holder(started.to()).isPresent()
        ? passed(validating, validating.line().open().get(progress.id()).orElseThrow())
        : validating;
  }

  /** All gates of the current intent passed. */
  static Course passed(Course course, Promotion validated) {
    Progress progress = validated.progress();
    Course then = course.then(validationPassed(progress, progress.intents()));
    Promotion after = then.line().open().get(progress.id()).orElseThrow();
    return after instanceof Ready ? start(then, after.progress()) : then;
  }

  /** Goes on with gate results that are there already, from an earlier run or an earlier try. */
  private static Course pastTheGates(Course course, Progress progress) {
    return progress.awaitsPeople()
        ? unlessStopped(course, progress, validationPassed(progress, progress.nextIntent()))
        : start(course, progress);
  }

  private static Course start(Course course, Progress progress) {
    return unlessStopped(course, progress, Intents.copy(course, progress));
  }

  private static Course unlessStopped(Course course, Progress progress, PromotionEvent event) {
    List<Refusal> reasons = Guards.beforeStart(course.line(), progress, course.at());
    return course.then(reasons.isEmpty() ? event : Ends.failed(progress, reasons.getFirst()));
  }

  private static PromotionQueued queued(Progress progress, Working holder) {
    var r = progress.request();
    return new PromotionQueued(
        r.promotion(), r.version(), r.digest(), r.from(), r.to(), holder.id());
  }

  private static ValidationPassed validationPassed(Progress progress, int intent) {
    var r = progress.request();
    return new ValidationPassed(
        r.promotion(),
        intent,
        r.version(),
        r.digest(),
        r.from(),
        r.to(),
        progress.awaitsPeople() ? r.plan().approval() : null,
        r.requestedBy(),
        r.manifestRevision());
  }
}
