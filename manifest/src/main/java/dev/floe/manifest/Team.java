package dev.floe.manifest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * People who decide together.
 *
 * @param members identities, mostly mail addresses; empty where the group alone says who belongs
 * @param slack a channel ({@code #…}) or handle ({@code @…})
 * @param oidcGroup the group of the identity provider whose members belong to the team too
 */
public record Team(
    String name,
    List<String> members,
    @Nullable String email,
    @Nullable String slack,
    @Nullable String oidcGroup) {

  public Team {
    members = List.copyOf(members);
  }

  /** A team that the manifest does not list: the identity provider's group of that name. */
  public static Team ofGroup(String name) {
    return new Team(name, List.of(), null, null, name);
  }

  public boolean hasMember(String identity) {
    return members.contains(identity);
  }
}
