package dev.floe.embedded.oci;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says who may write where; reading is open and never asked about. */
@FunctionalInterface
public interface WritePolicy {

  /**
   * Empty when the write may happen.
   *
   * @param method POST, PUT, PATCH or DELETE
   * @param basicUser null when no credentials came
   * @param basicPassword null when no credentials came
   */
  Optional<Denied> check(
      String repository, String method, @Nullable String basicUser, @Nullable String basicPassword);

  /**
   * A write that may not happen. Without credentials the client is asked for them.
   *
   * @param because one sentence for whoever asked
   */
  record Denied(String because) {}

  /** Lets everyone write everywhere. */
  static WritePolicy everyone() {
    return (_, _, _, _) -> Optional.empty();
  }

  /** Lets those who know {@code secret} write everywhere, by any user name. */
  static WritePolicy password(String secret) {
    WritePolicy nobody = (_, _, _, _) -> Optional.of(new Denied("the password is not right"));
    return nobody.orPassword(secret);
  }

  /** This policy, and besides it whoever knows {@code secret} may write everywhere. */
  default WritePolicy orPassword(String secret) {
    byte[] expected = secret.getBytes(StandardCharsets.UTF_8);
    return (repository, method, user, password) ->
        password != null
                && MessageDigest.isEqual(expected, password.getBytes(StandardCharsets.UTF_8))
            ? Optional.empty()
            : check(repository, method, user, password);
  }
}
