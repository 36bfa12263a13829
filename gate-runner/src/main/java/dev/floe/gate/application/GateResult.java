package dev.floe.gate.application;

import dev.floe.manifest.Digest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of a gate.
 *
 * @param exitCode of the process; null where none ended by itself
 * @param duration of all attempts together
 * @param output tail of what it printed: bounded, redacted, free of control characters
 * @param outputDigest over the whole redacted output, of which {@code output} is the end
 * @param outputBytes how much it printed, before anything was taken out
 * @param reason the outcome in a few words, to stand in brackets behind the gate's name: {@code
 *     timeout after 600s}; empty when it passed
 * @param message what happened, in one sentence; empty when it passed
 * @param hint what may help, in one sentence; empty when it passed
 */
public record GateResult(
    Outcome outcome,
    @Nullable Integer exitCode,
    Duration duration,
    String output,
    Digest outputDigest,
    long outputBytes,
    String reason,
    String message,
    String hint) {

  /** How a gate can end. */
  public enum Outcome {
    PASSED,
    /** The check said no. */
    FAILED,
    /** The check could not say. */
    ERRORED
  }

  private static final Digest NOTHING = Digest.sha256("");

  /** A gate that never got as far as printing anything. */
  public static GateResult errored(Duration duration, String reason, String message, String hint) {
    return new GateResult(Outcome.ERRORED, null, duration, "", NOTHING, 0, reason, message, hint);
  }

  public boolean passed() {
    return outcome == Outcome.PASSED;
  }

  public long durationMs() {
    return duration.toMillis();
  }
}
