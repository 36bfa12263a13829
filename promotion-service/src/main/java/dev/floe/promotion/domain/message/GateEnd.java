package dev.floe.promotion.domain.message;

/** How a gate ended: failed means it said no, errored that it could not say. */
public enum GateEnd {
  PASSED,
  FAILED,
  ERRORED,
  SKIPPED
}
