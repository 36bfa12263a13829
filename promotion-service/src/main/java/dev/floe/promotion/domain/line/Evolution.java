package dev.floe.promotion.domain.line;

import dev.floe.promotion.domain.line.Promotion.Approved;
import dev.floe.promotion.domain.line.Promotion.AwaitingApproval;
import dev.floe.promotion.domain.line.Promotion.Copying;
import dev.floe.promotion.domain.line.Promotion.Queued;
import dev.floe.promotion.domain.line.Promotion.Ready;
import dev.floe.promotion.domain.line.Promotion.Tagging;
import dev.floe.promotion.domain.line.Promotion.Validating;
import dev.floe.promotion.domain.line.Promotion.Verifying;
import dev.floe.promotion.domain.message.PromotionEvent;
import dev.floe.promotion.domain.message.PromotionEvent.ArtifactPublished;
import dev.floe.promotion.domain.message.PromotionEvent.ArtifactResumed;
import dev.floe.promotion.domain.message.PromotionEvent.CommandRefused;
import dev.floe.promotion.domain.message.PromotionEvent.OfPromotion;
import dev.floe.promotion.domain.message.PromotionEvent.PostValidationFailed;
import dev.floe.promotion.domain.message.PromotionEvent.PostValidationPassed;
import dev.floe.promotion.domain.message.PromotionEvent.PostValidationStarted;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionApproved;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionCancelled;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionFailed;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionQueued;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionRefused;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionRequested;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionStarted;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionSucceeded;
import dev.floe.promotion.domain.message.PromotionEvent.TagRepaired;
import dev.floe.promotion.domain.message.PromotionEvent.TaggingStarted;
import dev.floe.promotion.domain.message.PromotionEvent.ValidationFailed;
import dev.floe.promotion.domain.message.PromotionEvent.ValidationPassed;
import dev.floe.promotion.domain.message.PromotionEvent.ValidationStarted;
import dev.floe.promotion.domain.message.TagStage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The memory of a release line: what each event changes. Checks no rule. */
public final class Evolution {

  private Evolution() {}

  /** The line after {@code event}, which happened at {@code at}. */
  public static ReleaseLine after(ReleaseLine line, PromotionEvent event, Instant at) {
    return switch (event) {
      case ArtifactPublished e -> published(line, e, at);
      case PromotionRefused _, CommandRefused _, ArtifactResumed _ -> line;
      case TagRepaired _ -> line.withPlace(line.places() + 1);
      case PromotionRequested e -> line.withOpen(new Ready(beginning(line, e)));
      case PromotionQueued e ->
          line.withOpen(new Queued(open(line, e).progress(), line.places() + 1))
              .withPlace(line.places() + 1);
      case ValidationStarted e -> line.withOpen(validating(open(line, e), e));
      case ValidationPassed e -> line.withOpen(validated(open(line, e), e, at));
      case PromotionApproved e -> line.withOpen(approved(open(line, e), e));
      case PromotionStarted e -> line.withOpen(copying(open(line, e), e));
      case TaggingStarted e -> tagging(line, open(line, e), e, at);
      case PostValidationStarted e -> verifying(line, open(line, e), e, at);
      case PostValidationPassed e -> line.withOpen(open(line, e));
      case PostValidationFailed e -> line.withOpen(open(line, e));
      case ValidationFailed e -> over(line, open(line, e), "failed");
      case PromotionFailed e -> over(line, open(line, e), EndStates.of(e.cause()));
      case PromotionCancelled e -> over(line, open(line, e), "cancelled");
      case PromotionSucceeded e ->
          over(entered(line, open(line, e).progress(), at, true), open(line, e), "succeeded");
    };
  }

  private static Promotion open(ReleaseLine line, OfPromotion event) {
    return line.open()
        .get(event.promotion())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "broken history: %s of %s, which is not open"
                        .formatted(event.getClass().getSimpleName(), event.promotion())));
  }

  private static ReleaseLine published(ReleaseLine line, ArtifactPublished e, Instant at) {
    Slot slot = line.slot(e.environment());
    Slot after =
        slot.isAhead(e.version())
            ? slot.joinedBy(e.version(), e.digest())
            : slot.enteredBy(e.version(), e.digest(), at, null, true);
    return line.withVersion(e.version(), new Published(e.digest(), e.size()))
        .withSlot(e.environment(), after);
  }

  private static Progress beginning(ReleaseLine line, PromotionRequested e) {
    String earlier = e.retryOf();
    @Nullable Instant passedAt =
        earlier == null ? null : line.ended().get(earlier).map(Ended::passedAt).orElse(null);
    return new Progress(e, 0, passedAt, null);
  }

  private static Promotion validating(Promotion before, ValidationStarted e) {
    Progress progress = before.progress().intent(e.intent());
    return before instanceof Validating again
        ? new Validating(progress, again.intent().again(e))
        : new Validating(progress, Intent.first(e));
  }

  /** Results that a retry brought along keep their age. */
  private static Promotion validated(Promotion before, ValidationPassed e, Instant at) {
    Progress progress =
        before instanceof Validating
            ? before.progress().passed(e.intent(), at)
            : before.progress().intent(e.intent());
    return e.approval() == null ? new Ready(progress) : new AwaitingApproval(progress, at);
  }

  private static Promotion approved(Promotion before, PromotionApproved e) {
    return new Approved(before.progress().granted(new Grant(e.decisions(), e.expiresAt())));
  }

  private static Promotion copying(Promotion before, PromotionStarted e) {
    Progress progress = before.progress().intent(e.intent());
    return before instanceof Copying again
        ? new Copying(progress, again.intent().again(e))
        : new Copying(progress, Intent.first(e));
  }

  private static ReleaseLine tagging(
      ReleaseLine line, Promotion before, TaggingStarted e, Instant at) {
    Progress progress = before.progress().intent(e.intent());
    Intent intent =
        before instanceof Tagging again && again.stage() == e.stage()
            ? again.intent().again(e)
            : Intent.first(e);
    ReleaseLine after = line.withOpen(new Tagging(progress, intent, e.stage(), e.bytes()));
    return e.stage() == TagStage.RELEASE ? entered(after, progress, at, false) : after;
  }

  private static ReleaseLine verifying(
      ReleaseLine line, Promotion before, PostValidationStarted e, Instant at) {
    Progress progress = before.progress().intent(e.intent());
    Promotion after =
        switch (before) {
          case Tagging tagged -> new Verifying(progress, Intent.first(e), tagged.bytes());
          case Verifying again -> new Verifying(progress, again.intent().again(e), again.bytes());
          default ->
              throw new IllegalStateException(
                  "broken history: post-validation of %s before its tags".formatted(before.id()));
        };
    return entered(line.withOpen(after), progress, at, false);
  }

  /** Whatever follows the environment's tags says that they are set: the version is live. */
  private static ReleaseLine entered(
      ReleaseLine line, Progress progress, Instant at, boolean sound) {
    var request = progress.request();
    Slot slot = line.slot(request.to());
    return line.withSlot(
        request.to(),
        slot.enteredBy(request.version(), request.digest(), at, progress.id(), sound));
  }

  private static ReleaseLine over(ReleaseLine line, Promotion promotion, String state) {
    var request = promotion.progress().request();
    return line.withEnded(
        new Ended(
            promotion.id(),
            request.version(),
            request.digest(),
            request.to(),
            state,
            promotion.progress().passedAt(),
            request.rulesHash()));
  }
}
