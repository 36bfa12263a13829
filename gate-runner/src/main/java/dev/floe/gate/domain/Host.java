package dev.floe.gate.domain;

/** What the runner's machine can do; pure, and an input to every decision. */
public interface Host {

  /** How {@code gate} is kept apart here, in a promotion that is pinned to that revision. */
  Confinement confinementOf(GateRef gate, int manifestRevision);
}
