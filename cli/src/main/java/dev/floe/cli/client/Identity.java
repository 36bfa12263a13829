package dev.floe.cli.client;

import dev.floe.cli.console.Failure;
import dev.floe.manifest.ProblemCode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Who the requests come from: somebody's token, or a name under the key of a data folder. */
public sealed interface Identity {

  /** What stands behind {@code Authorization: Bearer}; empty where nobody can be shown. */
  Optional<String> bearer();

  /** A token that somebody else issued. */
  record Given(String token) implements Identity {
    @Override
    public Optional<String> bearer() {
      return Optional.of(token);
    }
  }

  /** The embedded mode's identity: whoever reads the key can be anyone. */
  record Embedded(DataFolder folder, String user, InstantSource clock) implements Identity {

    private static final Duration REQUEST = Duration.ofMinutes(5);

    @Override
    public Optional<String> bearer() {
      return Optional.of(mint(REQUEST));
    }

    /** A token that is good for {@code life}. */
    public String mint(Duration life) {
      return UserToken.mint(folder.key(), user, life, clock.instant());
    }
  }

  /** Nobody: neither a token nor a key was found. */
  record Unknown(DataFolder folder) implements Identity {
    @Override
    public Optional<String> bearer() {
      return Optional.empty();
    }
  }

  /** The embedded identity, where only that will do. */
  default Embedded embedded() {
    return switch (this) {
      case Embedded embedded -> embedded;
      case Given _ ->
          throw Failure.usage(
              "a token was given, so there is no key to mint another with",
              "Leave out --token and FLOE_TOKEN.");
      case Unknown(DataFolder folder) ->
          throw Failure.of(
              ProblemCode.NOT_AUTHENTICATED,
              "there is no key file " + folder.keyFile(),
              "Start floe up first, or name its folder with --data.");
    };
  }
}
