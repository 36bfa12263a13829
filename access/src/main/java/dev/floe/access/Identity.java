package dev.floe.access;

import dev.floe.kernel.Actor;
import dev.floe.manifest.Name;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a name must look like to stand for an identity of its kind, so that none passes for another.
 */
final class Identity {

  static final String SIGNER = "signer:";
  static final String POLICY = "policy:";

  private Identity() {}

  /** Why {@code name} cannot be an identity of that kind; empty if it can. */
  static Optional<String> doubt(Actor.Kind kind, String name) {
    if (name.isBlank()) {
      return Optional.of("Nobody is signed in.");
    }
    if (!Name.USER.fits(name) || !name.equals(name.strip())) {
      return Optional.of("The identity's name is malformed.");
    }
    String prefix =
        switch (kind) {
          case SIGNER -> SIGNER;
          case POLICY -> POLICY;
          case USER, SYSTEM -> "";
        };
    boolean fits =
        prefix.isEmpty()
            ? !name.startsWith(SIGNER) && !name.startsWith(POLICY) && !name.equals(Grant.ANYONE)
            : name.startsWith(prefix) && name.length() > prefix.length();
    return fits
        ? Optional.empty()
        : Optional.of("'%s' is not a valid name for a %s.".formatted(name, kind.authType()));
  }

  /** The kind behind a CloudEvents word; empty for words this suite does not write. */
  static Optional<Actor.Kind> kind(String authType) {
    return Arrays.stream(Actor.Kind.values())
        .filter(kind -> kind.authType().equals(authType))
        .findFirst();
  }

  /** {@code ci} of {@code signer:ci}. */
  static String withoutPrefix(String name) {
    return name.substring(name.indexOf(':') + 1);
  }
}
