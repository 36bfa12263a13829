package dev.floe.approval.application;

import dev.floe.access.Access;
import dev.floe.access.AccessRules;
import dev.floe.access.Teams;
import dev.floe.approval.domain.ApprovalRules;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Refusal;
import dev.floe.manifest.Permission;
import java.util.Optional;
import java.util.Set;

/** Who may approve, by the manifest that is in force. */
record RulesInForce(AccessRules access) implements ApprovalRules {

  @Override
  public Optional<Refusal> refuse(Actor actor, String environment) {
    return Access.refuse(access, actor, Permission.APPROVE, environment);
  }

  @Override
  public Set<String> teamsOf(Actor actor) {
    return Teams.of(access.manifest(), actor);
  }

  @Override
  public Set<String> members(String team) {
    return Set.copyOf(access.manifest().team(team).members());
  }
}
