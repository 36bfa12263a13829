package dev.floe.promotion.domain.course;

import static dev.floe.promotion.domain.rule.Reasons.because;

import dev.floe.kernel.Refusal;
import dev.floe.manifest.ProblemCode;
import dev.floe.manifest.RegistryUrl;
import dev.floe.promotion.domain.line.Progress;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionFailed;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionSucceeded;
import java.util.List;
import java.util.stream.Stream;

/** How promotions end. */
final class Ends {

  private Ends() {}

  static PromotionFailed failed(Progress progress, Refusal because) {
    return failed(progress, because.code(), because.message(), "");
  }

  /**
   * @param by who ended it, where somebody did; else empty
   */
  static PromotionFailed failed(Progress progress, String cause, String message, String by) {
    var r = progress.request();
    return new PromotionFailed(
        r.promotion(), r.version(), r.digest(), r.from(), r.to(), cause, message, by);
  }

  static PromotionFailed timedOut(Progress progress, String message) {
    return failed(progress, ProblemCode.TIMED_OUT.code(), message, "");
  }

  static Refusal approvalExpired(Progress progress) {
    var r = progress.request();
    return because(
        ProblemCode.APPROVAL_EXPIRED,
        "The approval of %s for %s expired before it was used.".formatted(r.version(), r.to()),
        "Request it again: floe platform promote %s %s --request-approval"
            .formatted(r.version(), r.to()));
  }

  static PromotionSucceeded succeeded(Course course, Progress progress, long bytes) {
    var r = progress.request();
    var primary = RegistryUrl.parse(r.plan().targets().getFirst().url());
    String releaseTag = r.plan().releaseTag();
    List<String> refs =
        Stream.concat(r.plan().tags().stream(), Stream.ofNullable(releaseTag))
            .map(tag -> primary.ref(course.artifact(), tag).toString())
            .toList();
    return new PromotionSucceeded(
        r.promotion(), r.version(), r.digest(), r.from(), r.to(), refs, bytes);
  }
}
