package dev.floe.promotion.domain.message;

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
}
