package dev.floe.registry.domain;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Refusal;
import dev.floe.manifest.Permission;
import java.util.List;
import java.util.Optional;

/**
 * Who may do what here, and with which registries, as the manifest in force says; pure, and an
 * input to every decision.
 */
public interface RegistryRules {

  /** Why {@code actor} may not do what takes {@code permission}; empty when they may. */
  Optional<Refusal> refuse(Actor actor, Permission permission);

  /** The registries of an environment; none where there is no such environment. */
  List<RegistryTarget> registries(String environment);
}
