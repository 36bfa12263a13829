package dev.floe.gate.application;

import dev.floe.gate.domain.GateRef;
import dev.floe.manifest.Gate;
import dev.floe.manifest.Manifest;
import java.util.Optional;

/** The runner's own copy of the manifest: commands and secrets never travel in messages. */
public interface GateDefinitions {

  /** A gate as it is defined here, with the manifest around it. */
  record Defined(Gate gate, Manifest manifest) {}

  /**
   * The gate of that name and exactly that definition; empty where this copy has another. It comes
   * with the manifest of {@code revision} around it where that is here: registries and the need for
   * isolation may change while the gate stays as it is.
   */
  Optional<Defined> find(GateRef ref, int revision);

  /** The manifest in force, as far as it is here. */
  Optional<Manifest> inForce();
}
