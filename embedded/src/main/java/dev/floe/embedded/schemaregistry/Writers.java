package dev.floe.embedded.schemaregistry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;

/** Who may register: judged by the token, sent as bearer or as the password of Basic. */
@FunctionalInterface
public interface Writers {
  boolean mayRegister(String token);

  /** Whoever knows the one token. */
  static Writers knowing(String token) {
    return given -> MessageDigest.isEqual(given.getBytes(UTF_8), token.getBytes(UTF_8));
  }
}
