package dev.floe.embedded.oci;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Says who may write where; reading is open and never asked about. */
@FunctionalInterface
public interface WritePolicy {

  /**
   * Whether the write may happen.
   *
   * @param basicUser null when no credentials came
   * @param basicPassword null when no credentials came
   */
  Verdict check(
      String repository, Act act, @Nullable String basicUser, @Nullable String basicPassword);

  /** What somebody wants to do. */
  enum Act {
    /** Bring content or point a tag at it; giving up an upload of one's own is part of that. */
    PUSH,
    /** Remove content or a tag that stands. */
    DELETE
  }

  /** What is said to a write. */
  sealed interface Verdict {}

  /**
   * It may happen.
   *
   * @param who whose uploads these are; nobody else may go on with them
   * @param lasting tags that this writer may set, and not point at other content once they stand
   */
  record Allowed(String who, Predicate<String> lasting) implements Verdict {}

  /**
   * It may not happen. Without credentials the client is asked for them.
   *
   * @param because one sentence for whoever asked
   */
  record Denied(String because) implements Verdict {}

  /** Lets everyone write everywhere, and move every tag. */
  static WritePolicy everyone() {
    return (_, _, _, _) -> new Allowed("", _ -> false);
  }

  /** Lets those who know {@code secret} write everywhere, by any user name. */
  static WritePolicy password(String secret) {
    WritePolicy nobody = (_, _, _, _) -> new Denied("the password is not right");
    return nobody.orPassword(secret);
  }

  /** This policy, and besides it whoever knows {@code secret} may write everywhere. */
  default WritePolicy orPassword(String secret) {
    byte[] expected = secret.getBytes(StandardCharsets.UTF_8);
    return (repository, act, user, password) ->
        password != null
                && MessageDigest.isEqual(expected, password.getBytes(StandardCharsets.UTF_8))
            ? new Allowed("", _ -> false)
            : check(repository, act, user, password);
  }
}
