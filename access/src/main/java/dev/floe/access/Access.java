package dev.floe.access;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Refusal;
import dev.floe.manifest.Auth;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.Permission;
import dev.floe.manifest.ProblemCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The one function behind every door: whether somebody may do something. */
public final class Access {

  private Access() {}

  /**
   * Why {@code actor} may not; empty if they may.
   *
   * <p>A service's own commands, such as a reaction's, need no permission and are not asked about
   * here: {@link Actor.Kind#SYSTEM} has none.
   *
   * @param environment where; null for what concerns no environment
   */
  public static Optional<Refusal> refuse(
      AccessRules rules, Actor actor, Permission permission, @Nullable String environment) {
    Optional<String> doubt = Identity.doubt(actor.kind(), actor.name());
    if (doubt.isPresent()) {
      return Optional.of(notAuthenticated(doubt.get()));
    }
    if (exceedsItsEntry(rules.manifest(), actor, permission)) {
      return Optional.of(beyondItsEntry(rules.manifest(), actor, permission));
    }
    Grant grant = Grant.of(rules, permission, environment);
    return grant.includes(rules.manifest(), actor, permission)
        ? Optional.empty()
        : Optional.of(notGranted(actor, permission, environment, grant));
  }

  /** The same for cancelling a promotion, which whoever requested it may too. */
  public static Optional<Refusal> refuseCancel(
      AccessRules rules, Actor actor, String requestedBy, @Nullable String environment) {
    boolean own =
        actor.name().equals(requestedBy)
            && Identity.doubt(actor.kind(), actor.name()).isEmpty()
            && !exceedsItsEntry(rules.manifest(), actor, Permission.CANCEL);
    if (own || refuse(rules, actor, Permission.OVERRIDE, environment).isEmpty()) {
      return Optional.empty();
    }
    return refuse(rules, actor, Permission.CANCEL, environment);
  }

  private static boolean exceedsItsEntry(Manifest manifest, Actor actor, Permission permission) {
    return actor.kind() == Actor.Kind.SIGNER
        && !entryPermissions(manifest, actor).contains(permission);
  }

  private static List<Permission> entryPermissions(Manifest manifest, Actor signer) {
    return manifest
        .auth()
        .signer(Identity.withoutPrefix(signer.name()))
        .map(Auth.CommandSigner::may)
        .orElse(List.of());
  }

  private static Refusal notAuthenticated(String doubt) {
    return new Refusal(
        ProblemCode.NOT_AUTHENTICATED.code(), doubt, "Sign in: floe auth login, or pass --token.");
  }

  private static Refusal beyondItsEntry(Manifest manifest, Actor signer, Permission permission) {
    String may =
        entryPermissions(manifest, signer).stream()
            .map(Permission::word)
            .collect(Collectors.joining(", "));
    return new Refusal(
        ProblemCode.NOT_AUTHORISED.code(),
        "'%s' lacks the permission '%s': its entry in the manifest allows %s."
            .formatted(signer.name(), permission.word(), may.isEmpty() ? "nothing" : may),
        "Add '%s' to 'may' of that entry under auth.command_signers.".formatted(permission.word()));
  }

  private static Refusal notGranted(
      Actor actor, Permission permission, @Nullable String environment, Grant grant) {
    String where = environment == null ? "" : " for " + environment;
    String owner = grant.owner();
    String list = "access.%s in the manifest".formatted(permission.word());
    return new Refusal(
        ProblemCode.NOT_AUTHORISED.code(),
        "'%s' lacks the permission '%s'%s.".formatted(actor.name(), permission.word(), where),
        owner,
        owner.isEmpty()
            ? "Nobody has it: add '%s' to %s.".formatted(actor.name(), list)
            : "Ask one of: %s; or have '%s' added to %s.".formatted(owner, actor.name(), list),
        null);
  }
}
