package dev.floe.promotion.domain;

import static dev.floe.promotion.domain.rule.Reasons.because;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Decider;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Recorded;
import dev.floe.kernel.Refusal;
import dev.floe.manifest.ProblemCode;
import dev.floe.promotion.domain.course.Answers;
import dev.floe.promotion.domain.course.Approving;
import dev.floe.promotion.domain.course.Cancelling;
import dev.floe.promotion.domain.course.Ticking;
import dev.floe.promotion.domain.line.Evolution;
import dev.floe.promotion.domain.line.ReleaseLine;
import dev.floe.promotion.domain.message.PromotionCommand;
import dev.floe.promotion.domain.message.PromotionCommand.Answer;
import dev.floe.promotion.domain.message.PromotionCommand.CancelPromotion;
import dev.floe.promotion.domain.message.PromotionCommand.RecordApproval;
import dev.floe.promotion.domain.message.PromotionCommand.RegisterVersion;
import dev.floe.promotion.domain.message.PromotionCommand.Report;
import dev.floe.promotion.domain.message.PromotionCommand.RequestPromotion;
import dev.floe.promotion.domain.message.PromotionCommand.ResumeArtifact;
import dev.floe.promotion.domain.message.PromotionCommand.TagVersion;
import dev.floe.promotion.domain.message.PromotionCommand.Tick;
import dev.floe.promotion.domain.message.PromotionEvent;
import dev.floe.promotion.domain.message.PromotionEvent.CommandRefused;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionRefused;
import dev.floe.promotion.domain.request.PromotionIds;
import dev.floe.promotion.domain.request.Publishing;
import dev.floe.promotion.domain.request.Repairing;
import dev.floe.promotion.domain.request.Requesting;
import dev.floe.promotion.domain.request.Resuming;
import dev.floe.promotion.domain.rule.Ruled;
import dev.floe.promotion.domain.rule.Rules;
import java.util.List;

/** The rules by which versions move through the environments, one step at a time. */
public final class PromotionDecider
    implements Decider<Ruled<PromotionCommand>, ReleaseLine, PromotionEvent> {

  @Override
  public ReleaseLine initialState() {
    return ReleaseLine.EMPTY;
  }

  @Override
  public Decision<PromotionEvent> decide(ReleaseLine line, Asked<Ruled<PromotionCommand>> asked) {
    PromotionCommand command = asked.command().command();
    Rules rules = asked.command().rules();
    if (command instanceof Report && asked.by().kind() != Actor.Kind.SYSTEM) {
      return refuse(asked, command, onlyTheServiceItself(command));
    }
    if (rules == null) {
      return refuse(asked, command, nothingConfigured());
    }
    return switch (command) {
      case RegisterVersion c -> Publishing.register(line, asked, rules, c);
      case RequestPromotion c -> Requesting.request(line, asked, rules, c);
      case CancelPromotion c -> Cancelling.cancel(line, asked, rules, c);
      case TagVersion c -> Repairing.tag(line, asked, rules, c);
      case ResumeArtifact c -> Resuming.resume(asked, rules, c);
      case RecordApproval c -> Approving.record(line, asked, rules, c);
      case Answer c -> Answers.record(line, asked, c);
      case Tick _ -> Ticking.tick(line, asked);
    };
  }

  @Override
  public ReleaseLine evolve(ReleaseLine line, Recorded<PromotionEvent> fact) {
    return Evolution.after(line, fact.event(), fact.at());
  }

  /** Anybody may write to the commands topic; what happened elsewhere is not theirs to tell. */
  private static Refusal onlyTheServiceItself(PromotionCommand command) {
    return because(
        ProblemCode.NOT_AUTHORISED,
        "Only floe's own services may send %s.".formatted(command.getClass().getSimpleName()),
        "Request a promotion instead.");
  }

  private static Refusal nothingConfigured() {
    return because(
        ProblemCode.NOT_READY,
        "No manifest is in force yet.",
        "Apply one: floe config apply manifest.yaml");
  }

  private static Decision<PromotionEvent> refuse(
      Asked<?> asked, PromotionCommand command, Refusal reason) {
    List<Refusal> reasons = List.of(reason);
    return Decision.refuse(
        reasons,
        command instanceof RequestPromotion c
            ? new PromotionRefused(
                PromotionIds.of(asked), c.version(), null, c.from(), c.to(), reasons)
            : new CommandRefused(command.getClass().getSimpleName(), null, null, reasons));
  }
}
