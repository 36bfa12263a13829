package dev.floe.gate.application;

/** Runs command gates. */
public interface GateExecution {

  /**
   * The isolation that orders run under, for GateStarted: {@code bubblewrap}, {@code namespaces} or
   * {@code none}.
   */
  String isolation();

  /**
   * Runs the gate to its end and leaves no process of it behind. Whatever goes wrong is a result,
   * never an exception; an interrupt stops the gate, which then errors.
   */
  GateResult run(GateOrder order);
}
