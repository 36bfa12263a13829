package dev.floe.gate.domain;

import dev.floe.manifest.ProblemCode;

/**
 * How one gate of a phase ended.
 *
 * @param problem the problem code of why it did not pass, where that is more than a failed gate;
 *     else empty
 */
public record GateOutcome(String gate, GateEnd outcome, String problem) {

  public GateOutcome(String gate, GateEnd outcome) {
    this(gate, outcome, "");
  }

  /** The outcome of a gate that ended for {@code reason}. */
  static GateOutcome of(String gate, GateEnd outcome, String reason) {
    boolean signature = reason.equals("signature-invalid") || reason.equals("not-signed");
    return new GateOutcome(gate, outcome, signature ? ProblemCode.SIGNATURE_INVALID.code() : "");
  }
}
