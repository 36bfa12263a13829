package dev.floe.registry.domain;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Refusal;
import dev.floe.manifest.Permission;
import java.util.Optional;

/** Who may do what here, as the manifest in force says; pure, and an input to every decision. */
public interface RegistryRules {

  /** Why {@code actor} may not do what takes {@code permission}; empty when they may. */
  Optional<Refusal> refuse(Actor actor, Permission permission);
}
