package dev.floe.promotion.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.access.AccessRules;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Requirement;
import dev.floe.promotion.domain.course.Ticking;
import dev.floe.promotion.domain.line.Evolution;
import dev.floe.promotion.domain.line.Promotion;
import dev.floe.promotion.domain.line.Promotion.Working;
import dev.floe.promotion.domain.line.ReleaseLine;
import dev.floe.promotion.domain.message.PromotionCommand;
import dev.floe.promotion.domain.message.PromotionCommand.Tick;
import dev.floe.promotion.domain.message.PromotionEvent;
import dev.floe.promotion.domain.message.PromotionEvent.OfPromotion;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionCancelled;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionFailed;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionStarted;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionSucceeded;
import dev.floe.promotion.domain.message.PromotionEvent.ValidationFailed;
import dev.floe.promotion.domain.rule.Ruled;
import dev.floe.promotion.domain.rule.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What must hold whatever is asked in whatever order, watched over many seeded steps. */
class RandomWalkTest {

  private static final List<Rules> RULES =
      List.of(
          new Rules(1, AccessRules.of(Manifests.withPostValidation())),
          new Rules(2, AccessRules.of(Manifests.threeSteps())),
          new Rules(3, AccessRules.of(Manifests.withoutGates())));

  private final PromotionDecider decider = new PromotionDecider();
  private final Set<String> over = new HashSet<>();
  private final Set<Class<?>> seen = new HashSet<>();
  private ReleaseLine line = ReleaseLine.EMPTY;
  private Instant now = Line.NOON;
  private long step;

  @Test
  @Requirement({"326.2", "326.4"})
  void keeps_every_promise_for_ten_thousand_steps() {
    for (long seed = 1; seed <= 5; seed++) {
      walk(new Dice(seed));
    }
    everythingHappened();
  }

  private void walk(Dice dice) {
    line = ReleaseLine.EMPTY;
    Rules rules = RULES.getFirst();
    for (int i = 0; i < 10_000; i++) {
      if (dice.once(200)) {
        rules = dice.once(2) ? RULES.getFirst() : dice.oneOf(RULES);
      }
      now = now.plus(dice.pause());
      decide(rules, dice.command(line, now));
    }
    ticksEndWhatIsOpen(rules);
  }

  @Test
  void a_walk_is_the_same_for_the_same_seed() {
    assertThat(new Dice(7).command(line, now)).isEqualTo(new Dice(7).command(line, now));
  }

  private void decide(Rules rules, PromotionCommand command) {
    step++;
    Actor who =
        command instanceof PromotionCommand.Report ? Line.SERVICE : Actor.user("dana@acme.com");
    var asked = new Asked<>("c" + step, Manifests.ARTIFACT, now, who, new Ruled<>(rules, command));
    Decision<PromotionEvent> decision = decider.decide(line, asked);
    assertThat(decider.decide(line, asked)).isEqualTo(decision);
    for (PromotionEvent event : decision.facts()) {
      seen.add(event.getClass());
      watch(event);
      line = Evolution.after(line, event, now);
    }
    oneHolderASlot();
    nothingFreeWaits();
  }

  /** Final states never change, and nothing enters where people decide without their word. */
  private void watch(PromotionEvent event) {
    if (event instanceof OfPromotion of) {
      assertThat(over).doesNotContain(of.promotion());
    }
    switch (event) {
      case PromotionStarted e when e.to().equals("prod") -> {
        assertThat(e.decisions()).extracting("team").contains("platform-leads", "security");
        assertThat(line.slot("staging").presence(e.version())).isPresent();
      }
      case PromotionSucceeded e -> over.add(e.promotion());
      case PromotionFailed e -> over.add(e.promotion());
      case PromotionCancelled e -> over.add(e.promotion());
      case ValidationFailed e -> over.add(e.promotion());
      default -> {}
    }
  }

  private void oneHolderASlot() {
    Set<String> held = new HashSet<>();
    for (Promotion promotion : line.openPromotions()) {
      if (promotion instanceof Working) {
        assertThat(held.add(promotion.to())).as("one holder of %s", promotion.to()).isTrue();
      }
    }
  }

  private void nothingFreeWaits() {
    for (Promotion promotion : line.openPromotions()) {
      assertThat(promotion).isNotInstanceOf(Promotion.Ready.class);
      if (promotion instanceof Promotion.Queued) {
        assertThat(line.holder(promotion.to())).isPresent();
      }
    }
  }

  /** A walk that never leaves the start would keep every promise too. */
  private void everythingHappened() {
    assertThat(seen).filteredOn(OfPromotion.class::isAssignableFrom).hasSize(14);
  }

  private void ticksEndWhatIsOpen(Rules rules) {
    for (int i = 0; i < 1_000 && Ticking.nextDue(line).isPresent(); i++) {
      now = latest(now, Ticking.nextDue(line).orElseThrow());
      decide(rules, new Tick());
    }
    assertThat(line.openPromotions()).isEmpty();
    decide(rules, new Tick());
    assertThat(Duration.between(Line.NOON, now)).isPositive();
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
