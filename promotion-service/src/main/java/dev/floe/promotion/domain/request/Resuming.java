package dev.floe.promotion.domain.request;

import dev.floe.access.Access;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Refusal;
import dev.floe.manifest.Permission;
import dev.floe.promotion.domain.message.PromotionCommand.ResumeArtifact;
import dev.floe.promotion.domain.message.PromotionEvent;
import dev.floe.promotion.domain.message.PromotionEvent.ArtifactResumed;
import dev.floe.promotion.domain.message.PromotionEvent.CommandRefused;
import dev.floe.promotion.domain.rule.Rules;
import java.util.List;
import java.util.Optional;

/**
 * Lets a halted artifact go on. Its history has been folded again by the time this is decided:
 * where it still contradicts itself, the artifact stays halted and nothing comes here.
 */
public final class Resuming {

  private Resuming() {}

  public static Decision<PromotionEvent> resume(Asked<?> asked, Rules rules, ResumeArtifact c) {
    Optional<Refusal> denied =
        Access.refuse(rules.access(), asked.by(), Permission.CONFIGURE, null)
            .filter(
                _ ->
                    Access.refuse(rules.access(), asked.by(), Permission.OVERRIDE, null)
                        .isPresent());
    if (denied.isPresent()) {
      List<Refusal> reasons = List.of(denied.get());
      return Decision.refuse(reasons, new CommandRefused("ResumeArtifact", null, null, reasons));
    }
    return Decision.accept(new ArtifactResumed(c.reason()));
  }
}
