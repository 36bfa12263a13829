package dev.floe.promotion.domain.course;

import dev.floe.kernel.Asked;
import dev.floe.kernel.Decision;
import dev.floe.promotion.domain.line.Grant;
import dev.floe.promotion.domain.line.Progress;
import dev.floe.promotion.domain.line.Promotion;
import dev.floe.promotion.domain.line.Promotion.Approved;
import dev.floe.promotion.domain.line.Promotion.AwaitingApproval;
import dev.floe.promotion.domain.line.Promotion.Queued;
import dev.floe.promotion.domain.line.Promotion.Ready;
import dev.floe.promotion.domain.line.Promotion.Working;
import dev.floe.promotion.domain.line.ReleaseLine;
import dev.floe.promotion.domain.message.ApprovalRules;
import dev.floe.promotion.domain.message.PromotionEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** What ends because time has passed, so that nothing waits for ever on one that never answers. */
public final class Ticking {

  /** How long after its deadline an answer may still be on its way. */
  static final Duration GRACE = Duration.ofMinutes(1);

  private Ticking() {}

  /** Ends everything that is due. */
  public static Decision<PromotionEvent> tick(ReleaseLine line, Asked<?> asked) {
    Course course = Course.of(line, asked);
    for (Promotion promotion : line.openPromotions()) {
      if (due(promotion).filter(due -> !asked.at().isBefore(due)).isPresent()) {
        course = course.then(end(promotion));
      }
    }
    return course.events().isEmpty() ? Decision.alreadyDone() : course.decided();
  }

  /** When the next tick would change something; empty while nothing is open that can run out. */
  public static Optional<Instant> nextDue(ReleaseLine line) {
    return line.openPromotions().stream()
        .map(Ticking::due)
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  private static Optional<Instant> due(Promotion promotion) {
    return switch (promotion) {
      case Working working -> Optional.of(working.intent().actBefore().plus(GRACE));
      case Approved approved -> expiry(approved.progress());
      case Queued queued -> expiry(queued.progress());
      case AwaitingApproval waiting -> Optional.of(hopeless(waiting));
      case Ready _ -> Optional.empty();
    };
  }

  private static Optional<Instant> expiry(Progress progress) {
    Grant grant = progress.grant();
    return grant == null ? Optional.empty() : Optional.of(grant.expiresAt());
  }

  /**
   * The approval service ends a request on time and counts from when it heard of it; twice that
   * time means it will not answer any more.
   */
  private static Instant hopeless(AwaitingApproval waiting) {
    ApprovalRules rules = waiting.progress().plan().approval();
    Duration timeout = rules == null ? Duration.ZERO : rules.timeout();
    return waiting.since().plus(timeout.multipliedBy(2)).plus(GRACE);
  }

  private static PromotionEvent end(Promotion promotion) {
    Progress progress = promotion.progress();
    return promotion instanceof Working working
        ? Ends.timedOut(
            progress,
            "No worker finished step %d by %s."
                .formatted(working.intent().number(), working.intent().actBefore()))
        : Ends.failed(progress, Ends.approvalExpired(progress));
  }
}
