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

  public GateOutcome(String gate, GateEnd outcome) {
    this(gate, outcome, "");
  }

  /** The outcome of a gate that ended for {@code reason}. */
  static GateOutcome of(String gate, GateEnd outcome, String reason) {
    boolean signature = reason.equals(NOT_SIGNED) || reason.equals(SIGNATURE_INVALID);
    return new GateOutcome(gate, outcome, signature ? SIGNATURE_INVALID : "");
  }
}
