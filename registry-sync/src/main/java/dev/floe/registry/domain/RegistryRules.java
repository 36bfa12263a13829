package dev.floe.registry.domain;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Refusal;
import java.util.Optional;

/** Who may publish, as the manifest in force says; pure, and an input to every decision. */
public interface PublishRules {

  /** Why {@code actor} may not publish; empty when they may. */
  Optional<Refusal> refuse(Actor actor);
}
