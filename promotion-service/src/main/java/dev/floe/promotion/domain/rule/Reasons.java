package dev.floe.promotion.domain.rule;

import dev.floe.kernel.Refusal;
import dev.floe.manifest.ProblemCode;

/** Builds the reasons of refusals, so that every code comes from the one catalogue. */
public final class Reasons {

  private Reasons() {}

  public static Refusal because(ProblemCode code, String message, String remedy) {
    return because(code, message, "", remedy);
  }

  /**
   * A reason that somebody in particular can change.
   *
   * @param owner who can change it: a team, a person, a promotion's id
   */
  public static Refusal because(ProblemCode code, String message, String owner, String remedy) {
    return new Refusal(code.code(), message, owner, remedy, null);
  }
}
