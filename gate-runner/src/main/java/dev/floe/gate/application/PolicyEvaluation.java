package dev.floe.gate.application;

/** Runs the built-in gate {@code policy_compliance}. */
public interface PolicyEvaluation {

  /**
   * Passes if every rule is true of the artifact at its pinned digest. A false rule fails; a rule
   * that cannot be evaluated, or an artifact that cannot be read, errors. Never throws.
   */
  GateResult evaluate(PolicyOrder order);
}
