package dev.floe.oci.credentials;

import dev.floe.manifest.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a registry's credentials are written. They are read anew for every sign-in, so that a
 * rotated secret counts without a restart.
 */
@FunctionalInterface
public interface CredentialSource {

  /**
   * The credentials for a registry.
   *
   * @param host the registry's host, with its port if it has one
   * @throws CredentialsException if they are configured but cannot be read
   */
  Credentials credentialsFor(String host);

  static CredentialSource anonymous() {
    return _ -> new Credentials.Anonymous();
  }

  static CredentialSource of(Credentials credentials) {
    return _ -> credentials;
  }

  /** From {@code NAME}, as {@code user:password} or a token. */
  static CredentialSource fromEnvironment(String name, Map<String, String> environment) {
    return _ -> {
      String value = environment.get(name);
      if (value == null || value.isBlank()) {
        throw new CredentialsException(
            "the environment variable " + name + " is not set; it holds user:password or a token");
      }
      return Credentials.parse(value);
    };
  }

  /** From a file, as {@code user:password} or a token. */
  static CredentialSource fromFile(Path file) {
    return _ -> {
      try {
        return Credentials.parse(Files.readString(file));
      } catch (IOException e) {
        throw new CredentialsException(
            "cannot read " + file + ", which should hold user:password or a token", e);
      }
    };
  }

  /** As a manifest names it; anonymous if it names nothing. */
  static CredentialSource of(@Nullable Secret secret, Map<String, String> environment) {
    return switch (secret) {
      case null -> anonymous();
      case Secret.FromEnv(String name) -> fromEnvironment(name, environment);
      case Secret.FromFile(String path) -> fromFile(Path.of(path));
      case Secret.DockerConfig() -> DockerConfig.at(environment);
      case Secret.Inline(String value) -> of(Credentials.parse(value));
      case Secret.Fingerprint(String sha256) ->
          _ -> {
            throw new CredentialsException(
                "the credentials with fingerprint " + sha256 + " are not in the local manifest");
          };
    };
  }
}
