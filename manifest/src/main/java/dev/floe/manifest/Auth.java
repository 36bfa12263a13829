package dev.floe.manifest;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who may vouch for people and services. */
public record Auth(
    @Nullable Oidc oidc, List<CommandSigner> commandSigners, @Nullable Secret serviceKey) {

  /** Nothing configured: the embedded mode's own identities. */
  public static final Auth NONE = new Auth(null, List.of(), null);

  public Auth {
    commandSigners = List.copyOf(commandSigners);
  }

  public Optional<CommandSigner> signer(String name) {
    return commandSigners.stream().filter(signer -> signer.name().equals(name)).findFirst();
  }

  /**
   * An identity provider.
   *
   * @param subject the claim that names the person
   * @param groups the claim that lists the person's groups
   */
  public record Oidc(String issuer, String audience, String subject, String groups) {}

  /**
   * A machine that signs commands itself and acts as {@code signer:<name>}.
   *
   * @param jwks where its public keys stand: {@code file:…} or {@code https://…}
   * @param may what it may do, at most
   * @param replyTo topics it may ask answers to be forwarded to
   */
  public record CommandSigner(
      String name, String jwks, List<Permission> may, List<String> replyTo) {
    public CommandSigner {
      may = List.copyOf(may);
      replyTo = List.copyOf(replyTo);
    }
  }
}
