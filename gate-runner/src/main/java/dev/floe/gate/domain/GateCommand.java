package dev.floe.gate.domain;

import dev.floe.manifest.Digest;
import dev.floe.manifest.Version;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be asked of the gates; every command comes from this service itself. */
public sealed interface GateCommand {

  /** Orders the gates of an intent. */
  record RunGates(
      String promotion,
      int intent,
      Version version,
      Digest digest,
      String from,
      String to,
      Phase phase,
      String artifact,
      List<GateRef> gates,
      boolean failFast,
      int manifestRevision,
      Instant actBefore)
      implements GateCommand {
    public RunGates {
      gates = List.copyOf(gates);
    }
  }

  /** Tells how one attempt at a gate ended. */
  record RecordGateResult(
      String promotion,
      int intent,
      String gate,
      int attempt,
      GateEnd outcome,
      @Nullable Integer exitCode,
      long durationMs,
      String output,
      String outputDigest,
      long outputBytes,
      String reason,
      String message,
      String hint)
      implements GateCommand {}

  /** Starts the open gate of an intent anew, because its runner changed. */
  record ResumeGates(String promotion, int intent) implements GateCommand {}

  /**
   * Stops the gates of a promotion that is over.
   *
   * @param reason {@link GateOutcome#CANCELLED} or {@link GateOutcome#PROMOTION_ENDED}
   * @param message what happened, in one sentence
   */
  record StopGates(String promotion, String reason, String message) implements GateCommand {}

  /** Says that time has passed. */
  record Tick() implements GateCommand {}
}
