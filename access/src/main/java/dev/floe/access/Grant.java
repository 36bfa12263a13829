package dev.floe.access;

import dev.floe.kernel.Actor;
import dev.floe.manifest.Environment;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.Permission;
import dev.floe.manifest.Promotion;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** To whom one permission is given in one place. */
sealed interface Grant {

  /** What any authenticated person may do unless the manifest says otherwise. */
  Set<Permission> OPEN =
      Set.of(
          Permission.READ,
          Permission.PUBLISH,
          Permission.PROMOTE,
          Permission.ROLLBACK,
          Permission.USAGE);

  /** An entry that stands for every authenticated person, and for no machine. */
  String ANYONE = "*";

  /** The manifest lists who. */
  record Listed(List<String> entries) implements Grant {}

  /** Any authenticated person, and the machines that the manifest sets up for it. */
  record Open() implements Grant {}

  /** The teams that must approve what goes into the environment. */
  record Approvers(List<String> teams) implements Grant {}

  /** Whoever started the embedded system. */
  record Starter(String name) implements Grant {}

  record Nobody() implements Grant {}

  static Grant of(AccessRules rules, Permission permission, @Nullable String environment) {
    Manifest manifest = rules.manifest();
    Optional<List<String>> listed = manifest.granted(permission, environment);
    if (listed.isPresent()) {
      return new Listed(listed.get());
    }
    if (OPEN.contains(permission)) {
      return new Open();
    }
    if (permission == Permission.CANCEL) {
      return of(rules, Permission.OVERRIDE, environment);
    }
    if (permission == Permission.APPROVE) {
      List<String> teams = approvalTeams(manifest, environment);
      if (!teams.isEmpty()) {
        return new Approvers(teams);
      }
    }
    String starter = rules.startedBy();
    return starter != null && manifest.access().isEmpty() ? new Starter(starter) : new Nobody();
  }

  private static List<String> approvalTeams(Manifest manifest, @Nullable String environment) {
    return Optional.ofNullable(environment)
        .flatMap(manifest::environment)
        .map(Environment::approvalTeams)
        .orElse(List.of());
  }

  /** Whether {@code actor} is among those it is given to. */
  default boolean includes(Manifest manifest, Actor actor, Permission permission) {
    if (actor.kind() == Actor.Kind.SYSTEM) {
      return false;
    }
    return switch (this) {
      case Listed(List<String> entries) ->
          entries.stream().anyMatch(entry -> names(entry, manifest, actor));
      case Open _ -> isMeantByDefault(manifest, actor, permission);
      case Approvers(List<String> teams) ->
          teams.stream().anyMatch(Teams.of(manifest, actor)::contains);
      case Starter(String name) -> actor.isPerson() && actor.name().equals(name);
      case Nobody _ -> false;
    };
  }

  private static boolean isMeantByDefault(Manifest manifest, Actor actor, Permission permission) {
    return switch (actor.kind()) {
      case USER -> true;
      // What it may do at most stands in its own entry, which somebody wrote for this purpose.
      case SIGNER -> true;
      // A policy is written to promote, and does nothing else.
      case POLICY -> permission == Permission.PROMOTE && isAtWork(manifest, actor.name());
      case SYSTEM -> false;
    };
  }

  private static boolean isAtWork(Manifest manifest, String policy) {
    return manifest.promotion().policies().stream()
        .filter(Promotion.Policy::enabled)
        .anyMatch(known -> policy.equals(Identity.POLICY + known.name()));
  }

  private static boolean names(String entry, Manifest manifest, Actor actor) {
    if (entry.equals(ANYONE)) {
      return actor.isPerson();
    }
    if (manifest.teams().containsKey(entry)) {
      // A team's name is nobody's own name, whatever an identity provider lets people choose.
      return Teams.of(manifest, actor).contains(entry);
    }
    return actor.name().equals(entry) || Teams.of(manifest, actor).contains(entry);
  }

  /** Those it is given to, in words; empty if nobody. */
  default String owner() {
    return switch (this) {
      case Listed(List<String> entries) -> String.join(", ", entries);
      case Open _ -> "any authenticated person";
      case Approvers(List<String> teams) -> String.join(", ", teams);
      case Starter(String name) -> name;
      case Nobody _ -> "";
    };
  }
}
