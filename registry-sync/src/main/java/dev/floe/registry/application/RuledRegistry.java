package dev.floe.registry.application;

import dev.floe.access.Access;
import dev.floe.access.AccessRules;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Decider;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Recorded;
import dev.floe.kernel.Refusal;
import dev.floe.manifest.Environment;
import dev.floe.manifest.Permission;
import dev.floe.registry.domain.RegistryCommand;
import dev.floe.registry.domain.RegistryDecider;
import dev.floe.registry.domain.RegistryEvent;
import dev.floe.registry.domain.RegistryRules;
import dev.floe.registry.domain.RegistryTarget;
import dev.floe.registry.domain.Ruled;
import dev.floe.registry.domain.Works;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The rules of work in registries, under the manifest that is in force. */
public final class RuledRegistry
    implements Decider<RegistryCommand, Works, RegistryEvent>, RegistryRules {

  private final RegistryDecider rules = new RegistryDecider();
  private final Supplier<AccessRules> inForce;

  public RuledRegistry(Supplier<AccessRules> inForce) {
    this.inForce = inForce;
  }

  @Override
  public Works initialState() {
    return rules.initialState();
  }

  @Override
  public Decision<RegistryEvent> decide(Works state, Asked<RegistryCommand> asked) {
    return rules.decide(state, asked.with(new Ruled(this, asked.command())));
  }

  @Override
  public Optional<Refusal> refuse(Actor actor, Permission permission) {
    AccessRules access = inForce.get();
    return Access.refuse(access, actor, permission, access.manifest().first().name());
  }

  @Override
  public List<RegistryTarget> registries(String environment) {
    return inForce
        .get()
        .manifest()
        .environment(environment)
        .map(Environment::registries)
        .orElse(List.of())
        .stream()
        .map(registry -> new RegistryTarget(registry.name(), registry.url().toString()))
        .toList();
  }

  @Override
  public Works evolve(Works state, Recorded<RegistryEvent> fact) {
    return rules.evolve(state, fact);
  }
}
