package dev.floe.promotion.domain.line;

import dev.floe.promotion.domain.message.Plan;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionRequested;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an open promotion is about and how far it has come.
 *
 * @param intents the last intent's number, 0 before the first
 * @param passedAt when its gates last passed; null before
 * @param grant the approval it has and has not used; null without one
 */
public record Progress(
    PromotionRequested request, int intents, @Nullable Instant passedAt, @Nullable Grant grant) {

  public String id() {
    return request.promotion();
  }

  public Plan plan() {
    return request.plan();
  }

  public int nextIntent() {
    return intents + 1;
  }

  public boolean awaitsPeople() {
    return plan().approval() != null && grant == null;
  }

  /** Whether its gates passed recently enough to act on. */
  public boolean hasFreshResults(Instant now) {
    return passedAt != null && now.isBefore(passedAt.plus(plan().resultsValid()));
  }

  Progress intent(int number) {
    return new Progress(request, number, passedAt, grant);
  }

  Progress passed(int number, Instant at) {
    return new Progress(request, number, at, grant);
  }

  Progress granted(Grant approval) {
    return new Progress(request, intents, passedAt, approval);
  }
}
