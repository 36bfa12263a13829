package dev.floe.promotion.domain.course;

import static dev.floe.promotion.domain.rule.Reasons.because;

import dev.floe.access.Access;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Refusal;
import dev.floe.manifest.ProblemCode;
import dev.floe.promotion.domain.line.Ended;
import dev.floe.promotion.domain.line.Promotion;
import dev.floe.promotion.domain.line.Promotion.Copying;
import dev.floe.promotion.domain.line.Promotion.Tagging;
import dev.floe.promotion.domain.line.Promotion.Verifying;
import dev.floe.promotion.domain.line.ReleaseLine;
import dev.floe.promotion.domain.message.PromotionCommand.CancelPromotion;
import dev.floe.promotion.domain.message.PromotionEvent;
import dev.floe.promotion.domain.message.PromotionEvent.CommandRefused;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionCancelled;
import dev.floe.promotion.domain.rule.Rules;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ends a promotion because somebody wants it to, as long as nothing has been written for it. */
public final class Cancelling {

  private Cancelling() {}

  public static Decision<PromotionEvent> cancel(
      ReleaseLine line, Asked<?> asked, Rules rules, CancelPromotion c) {
    Optional<Promotion> open = line.open().get(c.promotion());
    if (open.isEmpty()) {
      Optional<Ended> over = line.ended().get(c.promotion());
      String version = over.map(e -> e.version().toString()).orElse(null);
      return refuse(c, version, List.of(over.map(Cancelling::over).orElseGet(() -> unknown(c))));
    }
    var r = open.get().progress().request();
    List<Refusal> reasons =
        Stream.of(
                Access.refuseCancel(rules.access(), asked.by(), r.requestedBy(), r.to()),
                tooLate(open.get()))
            .flatMap(Optional::stream)
            .toList();
    if (!reasons.isEmpty()) {
      return refuse(c, r.version().toString(), reasons);
    }
    return Course.of(line, asked)
        .then(
            new PromotionCancelled(
                r.promotion(), r.version(), r.digest(), r.from(), r.to(), c.reason()))
        .decided();
  }

  private static Optional<Refusal> tooLate(Promotion promotion) {
    return switch (promotion) {
      case Copying _, Tagging _, Verifying _ ->
          Optional.of(
              because(
                  ProblemCode.TOO_LATE_TO_CANCEL,
                  "%s is already being copied to %s.".formatted(promotion.id(), promotion.to()),
                  "Wait until it ends."));
      default -> Optional.empty();
    };
  }

  private static Refusal over(Ended ended) {
    return because(
        ProblemCode.ALREADY_ENDED,
        "%s has already ended: %s.".formatted(ended.promotion(), ended.state()),
        "Nothing is left to cancel.");
  }

  private static Refusal unknown(CancelPromotion c) {
    return because(
        ProblemCode.UNKNOWN_PROMOTION,
        "No promotion of this artifact has the id '%s'.".formatted(c.promotion()),
        "See what is open: floe platform status");
  }

  private static Decision<PromotionEvent> refuse(
      CancelPromotion c, @Nullable String version, List<Refusal> reasons) {
    return Decision.refuse(
        reasons, new CommandRefused("CancelPromotion", c.promotion(), version, reasons));
  }
}
