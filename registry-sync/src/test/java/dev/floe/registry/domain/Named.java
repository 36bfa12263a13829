package dev.floe.registry.domain;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Refusal;
import dev.floe.manifest.Permission;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rules by which mallory may do nothing.
 *
 * @param named registries by environment
 */
record Named(Map<String, List<RegistryTarget>> named) implements RegistryRules {

  @Override
  public Optional<Refusal> refuse(Actor actor, Permission permission) {
    return actor.name().startsWith("mallory")
        ? Optional.of(new Refusal("not-authorised", "no", ""))
        : Optional.empty();
  }

  @Override
  public List<RegistryTarget> registries(String environment) {
    return named.getOrDefault(environment, List.of());
  }
}
