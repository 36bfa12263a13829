package dev.floe.audit.view;

import dev.floe.promotion.v1.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One reason why a promotion is not, or is no more. */
public record Blocker(
    String code, String message, String owner, String remedy, @Nullable Instant possibleFrom) {

  static Blocker of(Reason reason) {
    return new Blocker(
        reason.getCode(),
        reason.getMessage(),
        reason.getOwner(),
        reason.getRemedy(),
        reason.getPossibleFrom());
  }

  static Blocker of(String code, String message) {
    return new Blocker(code, message, "", "", null);
  }
}
