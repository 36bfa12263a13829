package dev.floe.approval.domain;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Refusal;
import java.util.Optional;
import java.util.Set;

/** Who may approve, as the manifest in force says; pure, and an input to every decision. */
public interface ApprovalRules {

  /** Why {@code actor} may not approve for {@code environment}; empty when they may. */
  Optional<Refusal> refuse(Actor actor, String environment);

  /** The teams that {@code actor} belongs to. */
  Set<String> teamsOf(Actor actor);

  /** The members that the manifest lists for {@code team}; empty where only a provider knows. */
  Set<String> members(String team);
}
