package dev.floe.gate.adapter.process;

/** Why a gate could not be run at all, in words for people; it makes the gate errored. */
final class GateTrouble extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;
  private final String hint;

  GateTrouble(String reason, String message, String hint) {
    super(message);
    this.reason = reason;
    this.hint = hint;
  }

  String reason() {
    return reason;
  }

  String sentence() {
    return String.valueOf(getMessage());
  }

  String hint() {
    return hint;
  }
}
