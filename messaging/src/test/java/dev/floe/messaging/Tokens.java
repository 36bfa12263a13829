package dev.floe.messaging;

import dev.floe.kernel.Actor;
import dev.floe.messaging.Verification.Invalid;
import dev.floe.messaging.Verification.Verified;
import dev.floe.messaging.journal.JournalSecurity;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tokens as simple as they can be and still bind a sender to one record. */
public final class Tokens {

  private Tokens() {}

  /** Signs and verifies. */
  public static JournalSecurity security() {
    return new JournalSecurity(verifier(), signer());
  }

  /** Names the sender behind a hash of everything the token is for. */
  public static CommandSigner signer() {
    return (topic, key, id, value, by) ->
        "%s.%s.%s".formatted(by.kind(), by.name(), seal(topic, key, id, value));
  }

  /** Believes what {@link #signer} made for this very record. */
  public static CommandVerifier verifier() {
    return (topic, key, id, value, token, _) -> {
      if (token == null) {
        return new Invalid("there is no token");
      }
      int kind = token.indexOf('.');
      int seal = token.lastIndexOf('.');
      if (kind < 0
          || seal <= kind
          || !token.substring(seal + 1).equals(seal(topic, key, id, value))) {
        return new Invalid("the token is for another record");
      }
      return Verified.by(
          new Actor(
              Actor.Kind.valueOf(token.substring(0, kind)),
              token.substring(kind + 1, seal),
              java.util.Set.of()));
    };
  }

  private static String seal(String topic, String key, String id, byte[] value) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(
          (topic + '\n' + key + '\n' + id + '\n')
              .getBytes(java.nio.charset.StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(value));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
