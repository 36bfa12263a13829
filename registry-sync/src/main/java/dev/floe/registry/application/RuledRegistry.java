package dev.floe.registry.application;

import dev.floe.access.Access;
import dev.floe.access.AccessRules;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Decider;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Recorded;
import dev.floe.registry.domain.RegistryCommand;
import dev.floe.registry.domain.RegistryDecider;
import dev.floe.registry.domain.RegistryEvent;
import dev.floe.registry.domain.Ruled;
import dev.floe.registry.domain.Works;
import java.util.function.Supplier;

/** The rules of work in registries, handed the manifest that is in force. */
public final class RuledRegistry implements Decider<RegistryCommand, Works, RegistryEvent> {

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
    var ruled =
        new Ruled(
            (actor, permission) -> {
              AccessRules access = inForce.get();
              return Access.refuse(access, actor, permission, access.manifest().first().name());
            },
            asked.command());
    return rules.decide(state, asked.with(ruled));
  }

  @Override
  public Works evolve(Works state, Recorded<RegistryEvent> fact) {
    return rules.evolve(state, fact);
  }
}
