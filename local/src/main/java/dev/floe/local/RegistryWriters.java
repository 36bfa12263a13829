package dev.floe.local;

import dev.floe.access.Access;
import dev.floe.access.AccessRules;
import dev.floe.embedded.oci.WritePolicy;
import dev.floe.http.Authenticator;
import dev.floe.http.ProblemException;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Refusal;
import dev.floe.manifest.InvalidWord;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.Permission;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets people with {@code publish} write into the first environment's namespace of the embedded
 * registry, by a floe token as password, where a version's tag that stands is not moved; everywhere
 * else registry-sync alone may write.
 */
final class RegistryWriters implements WritePolicy {

  private final Authenticator authenticator;
  private final Supplier<Optional<AccessRules>> rules;

  RegistryWriters(Authenticator authenticator, Supplier<Optional<AccessRules>> rules) {
    this.authenticator = authenticator;
    this.rules = rules;
  }

  @Override
  public Verdict check(
      String repository, Act act, @Nullable String basicUser, @Nullable String password) {
    if (password == null) {
      return new Denied("sign in with a floe token as password: floe auth token");
    }
    Optional<AccessRules> inForce = rules.get();
    if (inForce.isEmpty()) {
      return new Denied("no manifest is in force yet");
    }
    try {
      Actor actor = authenticator.authenticate(password);
      Manifest manifest = inForce.get().manifest();
      return refuse(inForce.get(), actor, repository, act)
          .<Verdict>map(denied -> denied)
          .orElseGet(() -> new Allowed(actor.name(), tag -> isVersion(manifest, tag)));
    } catch (ProblemException refused) {
      return new Denied(refused.problem().detail());
    }
  }

  /** Whether the tag names a version, with or without an environment; such a one stays. */
  private static boolean isVersion(Manifest manifest, String tag) {
    try {
      var _ = manifest.versionRef(tag);
      return true;
    } catch (InvalidWord _) {
      return false;
    }
  }

  private static Optional<Denied> refuse(
      AccessRules rules, Actor actor, String repository, Act act) {
    Manifest manifest = rules.manifest();
    String first = manifest.environments().getFirst().name();
    if (act == Act.DELETE) {
      return Optional.of(new Denied("what was published stays: versions are immutable"));
    }
    if (!repository.startsWith(first + "/")) {
      return Optional.of(
          new Denied(
              "only '%s/…' may be written to; other environments are reached by promotion"
                  .formatted(first)));
    }
    return Access.refuse(rules, actor, Permission.PUBLISH, first)
        .map(Refusal::message)
        .map(Denied::new);
  }
}
