package dev.floe.manifest;

import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The names that other parts of a manifest may refer to, and the check that they exist.
 *
 * @param environments in the order of the path
 * @param withProvider whether an identity provider is configured, so that groups exist
 */
record Names(
    Reading reading,
    List<String> environments,
    Set<String> teams,
    Set<String> policies,
    Set<String> signers,
    boolean withProvider) {

  boolean environment(Node node) {
    String name = Scalars.text(node);
    if (environments.contains(name)) {
      return true;
    }
    reading.problems().error(node, "there is no environment " + name, meant(name, environments));
    return false;
  }

  /** A team that is not listed is a group of the identity provider; without one it has nobody. */
  void team(Node node) {
    String name = Scalars.text(node);
    if (teams.contains(name) || withProvider || reading.recorded()) {
      return;
    }
    String near =
        Nearest.to(name, teams)
            .map(team -> "did you mean %s?".formatted(team))
            .orElse("list it under teams, or configure auth.oidc");
    String what = "team %s is not under teams: it is the OIDC group of that name, ".formatted(name);
    reading.problems().warning(node, what + "and no identity provider is configured", near);
  }

  /** One entry of a permission list. */
  void grantee(Node node) {
    String name = Scalars.text(node);
    if (name.startsWith("signer:")) {
      exists(node, name.substring(7), signers, "command signer", "auth.command_signers");
    } else if (name.startsWith("policy:")) {
      exists(node, name.substring(7), policies, "policy", "promotion.policies");
    } else if (name.isBlank()) {
      reading.problems().error(node, "an empty name", "a person, a team, *, signer:… or policy:…");
    } else if (!name.equals("*") && name.indexOf('@') < 0) {
      team(node);
    }
  }

  private void exists(Node node, String name, Set<String> known, String what, String where) {
    if (!known.contains(name)) {
      String message = "there is no %s %s".formatted(what, name);
      reading.problems().error(node, message, "add it under " + where);
    }
  }

  static String meant(String name, List<String> known) {
    return Nearest.to(name, known)
        .map(near -> "did you mean %s?".formatted(near))
        .orElse("known: " + String.join(", ", known));
  }
}
