package dev.floe.promotion.domain.line;

import dev.floe.promotion.domain.message.Approval;
import java.time.Instant;
import java.util.List;

/** An approval that was given and not yet used. */
public record Grant(List<Approval> decisions, Instant expiresAt) {
  public Grant {
    decisions = List.copyOf(decisions);
  }

  public boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }
}
