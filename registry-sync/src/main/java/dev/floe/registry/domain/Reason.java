package dev.floe.registry.domain;

import dev.floe.kernel.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A {@link Refusal} as events carry it. */
public record Reason(
    String code, String message, String owner, String remedy, @Nullable Instant possibleFrom) {

  static Reason of(Refusal refusal) {
    return new Reason(
        refusal.code(),
        refusal.message(),
        refusal.owner(),
        refusal.remedy(),
        refusal.possibleFrom());
  }

  /** The refusal that it was. */
  public Refusal asRefusal() {
    return new Refusal(code, message, owner, remedy, possibleFrom);
  }
}
