package dev.floe.gate.application;

import dev.floe.gate.domain.Confinement;

/** Runs command gates. */
public interface GateExecution {

  /** How orders are kept apart from the host, for GateStarted. */
  Confinement confinement(Guarded guarded);

  /**
   * Runs the gate to its end and leaves no process of it behind. Whatever goes wrong is a result,
   * never an exception; an interrupt stops the gate, which then errors.
   */
  GateResult run(GateOrder order);
}
