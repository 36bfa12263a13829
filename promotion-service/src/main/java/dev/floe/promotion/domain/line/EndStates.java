package dev.floe.promotion.domain.line;

import dev.floe.manifest.ProblemCode;

/** The final state that a failure's cause stands for. */
public final class EndStates {

  private EndStates() {}

  /** The word of contract section 6 for a promotion that ended with {@code cause}. */
  public static String of(String cause) {
    return switch (ProblemCode.of(cause).orElse(ProblemCode.UNEXPECTED)) {
      case APPROVAL_DENIED -> "denied";
      case APPROVAL_EXPIRED -> "expired";
      case APPROVAL_WITHDRAWN -> "withdrawn";
      default -> "failed";
    };
  }
}
