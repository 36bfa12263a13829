package dev.floe.gate.domain;

import dev.floe.manifest.Digest;
import dev.floe.manifest.Version;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can happen to gates; {@code floe.gate.events} carries exactly these. */
public sealed interface GateEvent {

  record GateStarted(
      String promotion,
      int intent,
      Version version,
      Digest digest,
      String from,
      String to,
      Phase phase,
      String gate,
      int position,
      int of,
      int attempt,
      String artifact,
      String isolation,
      String notGuaranteed,
      List<GateRef> gates,
      boolean failFast,
      int manifestRevision,
      Instant actBefore)
      implements GateEvent {
    public GateStarted {
      gates = List.copyOf(gates);
    }
  }

  record GatePassed(
      String promotion,
      int intent,
      Version version,
      Digest digest,
      String from,
      String to,
      Phase phase,
      String gate,
      int attempt,
      @Nullable Integer exitCode,
      long durationMs,
      String output,
      String outputDigest,
      long outputBytes,
      String reason,
      String message,
      String hint,
      @Nullable PhaseVerdict verdict)
      implements GateEvent {}

  record GateFailed(
      String promotion,
      int intent,
      Version version,
      Digest digest,
      String from,
      String to,
      Phase phase,
      String gate,
      int attempt,
      @Nullable Integer exitCode,
      long durationMs,
      String output,
      String outputDigest,
      long outputBytes,
      String reason,
      String message,
      String hint,
      @Nullable PhaseVerdict verdict)
      implements GateEvent {}

  record GateErrored(
      String promotion,
      int intent,
      Version version,
      Digest digest,
      String from,
      String to,
      Phase phase,
      String gate,
      int attempt,
      @Nullable Integer exitCode,
      long durationMs,
      String output,
      String outputDigest,
      long outputBytes,
      String reason,
      String message,
      String hint,
      @Nullable PhaseVerdict verdict)
      implements GateEvent {}

  record GateSkipped(
      String promotion,
      int intent,
      Version version,
      Digest digest,
      String from,
      String to,
      Phase phase,
      String gate,
      String message,
      @Nullable PhaseVerdict verdict)
      implements GateEvent {}

  /** Nobody acted in time. */
  record IntentLapsed(
      String promotion, int intent, Version version, Digest digest, String from, String to)
      implements GateEvent {}
}
