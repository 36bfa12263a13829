package dev.floe.gate.domain;

import dev.floe.manifest.ProblemCode;

/**
 * How one gate of a phase ended.
 *
 * @param problem the problem code of why it did not pass, where that is more than a failed gate;
 *     else empty
 */
public record GateOutcome(String gate, GateEnd outcome, String problem) {

  /** Why a gate failed: nobody signed the artifact. */
  public static final String NOT_SIGNED = "not-signed";

  /** Why a gate failed: no signature of the artifact counts. */
  public static final String SIGNATURE_INVALID = ProblemCode.SIGNATURE_INVALID.code();

  /** Why a gate was stopped: somebody cancelled its promotion. */
  public static final String CANCELLED = "cancelled";

  /** Why a gate was stopped: its promotion ended in another way. */
  public static final String PROMOTION_ENDED = "promotion ended";

  public GateOutcome(String gate, GateEnd outcome) {
    this(gate, outcome, "");
  }

  /** Whether {@code reason} is why a gate was stopped, rather than how it ended. */
  public static boolean stopped(String reason) {
    return reason.equals(CANCELLED) || reason.equals(PROMOTION_ENDED);
  }

  /** The outcome of a gate that ended for {@code reason}. */
  static GateOutcome of(String gate, GateEnd outcome, String reason) {
    boolean signature = reason.equals(NOT_SIGNED) || reason.equals(SIGNATURE_INVALID);
    return new GateOutcome(gate, outcome, signature ? SIGNATURE_INVALID : "");
  }
}
