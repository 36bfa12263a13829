package dev.floe.access;

import dev.floe.kernel.Actor;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.Team;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** Which teams somebody belongs to. */
public final class Teams {

  private Teams() {}

  /**
   * The teams that list {@code actor}, or whose group the identity provider vouches for; and of the
   * actor's other groups those that no listed team has the name of, for a team that the manifest
   * does not list is the group of that name.
   */
  public static Set<String> of(Manifest manifest, Actor actor) {
    if (actor.kind() == Actor.Kind.SYSTEM
        || Identity.doubt(actor.kind(), actor.name()).isPresent()) {
      return Set.of();
    }
    // An identity provider vouches for people only.
    Set<String> groups = actor.isPerson() ? actor.groups() : Set.of();
    Set<String> teams = new TreeSet<>(groups);
    teams.removeAll(manifest.teams().keySet());
    for (Team team : manifest.teams().values()) {
      String group = team.oidcGroup();
      if (team.hasMember(actor.name()) || (group != null && groups.contains(group))) {
        teams.add(team.name());
      }
    }
    return Collections.unmodifiableSet(teams);
  }
}
