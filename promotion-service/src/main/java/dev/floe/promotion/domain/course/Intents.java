package dev.floe.promotion.domain.course;

import dev.floe.manifest.RegistryUrl;
import dev.floe.promotion.domain.line.Grant;
import dev.floe.promotion.domain.line.Progress;
import dev.floe.promotion.domain.line.Published;
import dev.floe.promotion.domain.message.Approval;
import dev.floe.promotion.domain.message.Evidence;
import dev.floe.promotion.domain.message.Plan;
import dev.floe.promotion.domain.message.PromotionEvent.PostValidationStarted;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionStarted;
import dev.floe.promotion.domain.message.PromotionEvent.TaggingStarted;
import dev.floe.promotion.domain.message.PromotionEvent.ValidationStarted;
import dev.floe.promotion.domain.message.TagStage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The work a promotion orders from others, each order with its number and its deadline. */
final class Intents {

  /** How long a worker has to take up an order. */
  static final Duration TAKE_UP = Duration.ofMinutes(5);

  /** Slower than a MiB a second is taken for a copy that hangs. */
  private static final long BYTES_PER_SECOND = 1 << 20;

  /** How long a registry may take, by default, to store what has arrived. */
  private static final Duration COMMIT = Duration.ofMinutes(10);

  private Intents() {}

  static ValidationStarted validation(Course course, Progress progress) {
    var r = progress.request();
    Plan plan = r.plan();
    return new ValidationStarted(
        r.promotion(),
        progress.nextIntent(),
        r.version(),
        r.digest(),
        r.from(),
        r.to(),
        image(course, plan.source().url(), progress),
        plan.gates(),
        plan.failFast(),
        r.manifestRevision(),
        course.at().plus(plan.gateTime()).plus(TAKE_UP));
  }

  static PromotionStarted copy(Course course, Progress progress) {
    var r = progress.request();
    return new PromotionStarted(
        r.promotion(),
        progress.nextIntent(),
        r.version(),
        r.digest(),
        r.from(),
        r.to(),
        r.plan().source(),
        r.plan().targets(),
        decisions(progress),
        copiedBefore(course, progress),
        evidence(progress));
  }

  private static Evidence evidence(Progress progress) {
    var r = progress.request();
    return new Evidence(
        r.requestedBy(),
        r.manifestRevision(),
        r.rulesHash(),
        r.planHash(),
        r.plan().gates(),
        r.plan().gates().isEmpty() ? null : progress.passedAt());
  }

  static TaggingStarted tagging(Course course, Progress progress, TagStage stage, long bytes) {
    var r = progress.request();
    return new TaggingStarted(
        r.promotion(),
        progress.nextIntent(),
        r.version(),
        r.digest(),
        r.from(),
        r.to(),
        stage,
        r.plan().targets(),
        tags(r.plan(), stage),
        bytes,
        course.at().plus(TAKE_UP));
  }

  static PostValidationStarted postValidation(Course course, Progress progress) {
    var r = progress.request();
    Plan plan = r.plan();
    return new PostValidationStarted(
        r.promotion(),
        progress.nextIntent(),
        r.version(),
        r.digest(),
        r.from(),
        r.to(),
        image(course, plan.targets().getFirst().url(), progress),
        plan.postValidation(),
        plan.failFast(),
        r.manifestRevision(),
        course.at().plus(plan.postValidationTime()).plus(TAKE_UP));
  }

  private static List<String> tags(Plan plan, TagStage stage) {
    return switch (stage) {
      case ENVIRONMENT -> plan.tags();
      case RELEASE -> Optional.ofNullable(plan.releaseTag()).stream().toList();
    };
  }

  private static List<Approval> decisions(Progress progress) {
    Grant grant = progress.grant();
    return grant == null ? List.of() : grant.decisions();
  }

  private static Instant copiedBefore(Course course, Progress progress) {
    long size =
        course.line().versions().get(progress.request().version()).map(Published::size).orElse(0L);
    return course.at().plus(TAKE_UP).plus(COMMIT).plusSeconds(size / BYTES_PER_SECOND);
  }

  private static String image(Course course, String registry, Progress progress) {
    return RegistryUrl.parse(registry).ref(course.artifact(), progress.request().digest()).image();
  }
}
