package dev.floe.promotion.domain;

import dev.floe.promotion.domain.line.Ended;
import dev.floe.promotion.domain.line.Promotion;
import dev.floe.promotion.domain.line.Promotion.Working;
import dev.floe.promotion.domain.line.ReleaseLine;
import dev.floe.promotion.domain.message.Approval;
import dev.floe.promotion.domain.message.ApprovalOutcome;
import dev.floe.promotion.domain.message.GateEnd;
import dev.floe.promotion.domain.message.GateOutcome;
import dev.floe.promotion.domain.message.Phase;
import dev.floe.promotion.domain.message.PromotionCommand;
import dev.floe.promotion.domain.message.PromotionCommand.CancelPromotion;
import dev.floe.promotion.domain.message.PromotionCommand.RecordApproval;
import dev.floe.promotion.domain.message.PromotionCommand.RecordCopy;
import dev.floe.promotion.domain.message.PromotionCommand.RecordLapse;
import dev.floe.promotion.domain.message.PromotionCommand.RecordTags;
import dev.floe.promotion.domain.message.PromotionCommand.RecordValidation;
import dev.floe.promotion.domain.message.PromotionCommand.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Draws what happens next on a walk, from one seed. */
final class Dice {

  private final Random random;
  private int drawn;

  Dice(long seed) {
    random = new Random(seed);
  }

  boolean once(int in) {
    return random.nextInt(in) == 0;
  }

  <T> T oneOf(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** Mostly seconds, sometimes minutes, now and then days. */
  Duration pause() {
    return switch (random.nextInt(100)) {
      case 0 -> Duration.ofHours(random.nextInt(200));
      case 1, 2, 3 -> Duration.ofMinutes(random.nextInt(20));
      default -> Duration.ofSeconds(random.nextInt(20));
    };
  }

  /** Something that people or services may say; mostly fitting, sometimes stale or wrong. */
  PromotionCommand command(ReleaseLine line, Instant now) {
    List<Promotion> open = line.openPromotions();
    int kind = random.nextInt(20);
    if (kind < 2) {
      return Line.register(version());
    }
    if (kind < 8 || open.isEmpty()) {
      return request(line);
    }
    Promotion promotion = oneOf(open);
    return switch (kind) {
      case 8 -> new Tick();
      case 9 -> once(3) ? new CancelPromotion(promotion.id(), "dice") : new Tick();
      case 10 -> new RecordLapse(promotion.id(), intent(promotion));
      case 11, 12 -> decision(promotion, now);
      default -> answer(promotion, now);
    };
  }

  /** Versions of the day, which move on as a real line does. */
  private String version() {
    return "v1.%d.%d".formatted(drawn++ / 60 + random.nextInt(6), random.nextInt(3));
  }

  private PromotionCommand request(ReleaseLine line) {
    List<String> over = line.ended().values().stream().map(Ended::promotion).toList();
    Ask ask = Line.ask(version(), oneOf(List.of("staging", "staging", "prod", "prod", "dev")));
    ask = once(4) ? ask : ask.requestingApproval();
    ask = once(2) ? ask : ask.queueing();
    ask = once(4) ? ask.downgrading() : ask;
    return (once(10) && !over.isEmpty() ? ask.retrying(oneOf(over)) : ask).command();
  }

  private PromotionCommand answer(Promotion promotion, Instant now) {
    String id = promotion.id();
    int intent = intent(promotion);
    boolean well = !once(6);
    return switch (promotion) {
      case Promotion.Validating _ -> verdict(id, intent, Phase.BEFORE, well);
      case Promotion.Verifying _ -> verdict(id, intent, Phase.AFTER, well);
      case Promotion.Copying _ -> new RecordCopy(id, intent, well, "", "", 10);
      case Promotion.Tagging _ -> new RecordTags(id, intent, well, List.of(), "", "");
      default -> decision(promotion, now);
    };
  }

  private static PromotionCommand verdict(String id, int intent, Phase phase, boolean well) {
    List<GateOutcome> failed = well ? List.of() : List.of(new GateOutcome("scan", GateEnd.ERRORED));
    return new RecordValidation(id, intent, phase, well, failed);
  }

  private PromotionCommand decision(Promotion promotion, Instant now) {
    ApprovalOutcome outcome =
        once(5) ? oneOf(List.of(ApprovalOutcome.values())) : ApprovalOutcome.APPROVED;
    List<Approval> decisions =
        once(6)
            ? List.of(new Approval("security", "cleo@acme.com", now, "cli"))
            : List.of(
                new Approval("platform-leads", "ada@acme.com", now, "cli"),
                new Approval("security", "cleo@acme.com", now, "cli"));
    Instant until = now.plus(Duration.ofHours(random.nextInt(170)));
    return new RecordApproval(promotion.id(), outcome, decisions, "", "", until);
  }

  private int intent(Promotion promotion) {
    int current = promotion instanceof Working working ? working.intent().number() : 1;
    return once(10) ? current - 1 : current;
  }
}
