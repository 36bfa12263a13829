package dev.floe.gate.domain;

/** What the runner's machine can do; pure, and an input to every decision. */
public interface Host {

  /**
   * How {@code gate} is kept apart here: bubblewrap, namespaces or none; builtin without process.
   */
  String isolationOf(GateRef gate);
}
