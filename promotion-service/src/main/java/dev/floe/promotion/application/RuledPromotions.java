package dev.floe.promotion.application;

import dev.floe.kernel.Asked;
import dev.floe.kernel.Decider;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Recorded;
import dev.floe.promotion.domain.PromotionDecider;
import dev.floe.promotion.domain.line.ReleaseLine;
import dev.floe.promotion.domain.message.PromotionCommand;
import dev.floe.promotion.domain.message.PromotionEvent;
import dev.floe.promotion.domain.rule.Ruled;
import dev.floe.promotion.domain.rule.Rules;
import java.util.Optional;
import java.util.function.Supplier;

/** The rules of promotion, handed the manifest that is in force when a command is decided. */
public final class RuledPromotions
    implements Decider<PromotionCommand, ReleaseLine, PromotionEvent> {

  private final PromotionDecider decider = new PromotionDecider();
  private final Supplier<Optional<Rules>> inForce;

  public RuledPromotions(Supplier<Optional<Rules>> inForce) {
    this.inForce = inForce;
  }

  @Override
  public ReleaseLine initialState() {
    return decider.initialState();
  }

  @Override
  public Decision<PromotionEvent> decide(ReleaseLine line, Asked<PromotionCommand> asked) {
    return decider.decide(
        line, asked.with(new Ruled<>(inForce.get().orElse(null), asked.command())));
  }

  @Override
  public ReleaseLine evolve(ReleaseLine line, Recorded<PromotionEvent> fact) {
    return decider.evolve(line, fact);
  }
}
