package dev.floe.manifest;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Everything that decides about getting into one environment, and nothing else. */
final class RulesTree {

  /** The permissions that decide about a promotion; who may collect garbage does not. */
  private static final List<Permission> DECISIVE =
      List.of(
          Permission.PROMOTE,
          Permission.APPROVE,
          Permission.ROLLBACK,
          Permission.OVERRIDE,
          Permission.CANCEL);

  private RulesTree() {}

  static Map<String, Object> of(Manifest manifest, Environment environment) {
    String name = environment.name();
    Promotion promotion = manifest.promotion();
    return new Tree()
        .put("environment", name)
        .put("rules", admission(environment))
        .put("from", manifest.before(name).map(Environment::name).orElse(""))
        .put("from_registries", manifest.before(name).map(RulesTree::registries).orElse(List.of()))
        .put("is_last", manifest.isLast(name))
        .put("requires_approval", manifest.requireApproval(name))
        .put("teams", teams(manifest, environment))
        .put("access", access(manifest, name))
        .put("gates", ManifestTree.gates(manifest.gatesInto(name)))
        .put("fail_fast", promotion.failFast())
        .put("separation_of_duties", promotion.separationOfDuties())
        .put("results_valid", promotion.resultsValid())
        .put("rollback", ManifestTree.rollback(promotion.rollback()))
        .put("require_isolation", manifest.requireIsolation())
        .put("block_eol", manifest.lifecycle().blockEol())
        .done();
  }

  /**
   * A freeze is left out: it is looked at afresh before each step, and a new one must not undo an
   * approval. Whether approval is needed is said by what holds, not by what is written, and the
   * access lists stand below, merged with the top-level ones.
   */
  private static Map<String, Object> admission(Environment environment) {
    Map<String, Object> tree = new TreeMap<>(ManifestTree.environment(environment));
    tree.replace("approval_teams", environment.approvalTeams().stream().sorted().toList());
    tree.remove("require_approval");
    tree.remove("freeze");
    tree.remove("access");
    return tree;
  }

  private static List<String> registries(Environment environment) {
    return environment.registries().stream().map(r -> r.name() + " " + r.url()).toList();
  }

  /** The teams that approve here, and those to which permissions are given here. */
  private static Map<String, Object> teams(Manifest manifest, Environment environment) {
    Stream<String> approvers =
        Stream.concat(
            environment.approvalTeams().stream(),
            manifest.promotion().rollback().approvalTeams().stream());
    Stream<String> permitted =
        DECISIVE.stream()
            .flatMap(p -> manifest.granted(p, environment.name()).stream())
            .flatMap(List::stream)
            .filter(manifest.teams()::containsKey);
    Map<String, Object> tree = new TreeMap<>();
    Stream.concat(approvers, permitted)
        .forEach(team -> tree.put(team, decisive(manifest.team(team))));
    return tree;
  }

  /** Who belongs to a team; where its mail goes decides nothing. */
  private static Map<String, Object> decisive(Team team) {
    return new Tree()
        .put("members", team.members().stream().sorted().toList())
        .put("oidc_group", team.oidcGroup())
        .done();
  }

  private static Map<String, Object> access(Manifest manifest, String name) {
    Map<String, Object> tree = new TreeMap<>();
    for (Permission permission : DECISIVE) {
      manifest.granted(permission, name).ifPresent(who -> tree.put(permission.word(), who));
    }
    return tree;
  }
}
