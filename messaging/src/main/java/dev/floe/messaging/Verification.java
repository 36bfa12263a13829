package dev.floe.messaging;

import dev.floe.kernel.Actor;
import java.time.Instant;
import java.util.Optional;

/** What a command's token came to. */
public sealed interface Verification {

  /**
   * The token holds, and this is what it says.
   *
   * @param by who asks
   * @param replyTo where the sender wants the answer besides {@code floe.replies}, if the manifest
   *     allows it
   * @param life for how long the same token could be sent again
   */
  record Verified(Actor by, Optional<String> replyTo, Life life) implements Verification {

    /** A sender who reads {@code floe.replies}, with a token that never expires. */
    public static Verified by(Actor actor) {
      return new Verified(actor, Optional.empty(), Life.ENDLESS);
    }
  }

  /** From when to when a token holds. */
  record Life(Instant issued, Instant expires) {
    static final Life ENDLESS = new Life(Instant.EPOCH, Instant.parse("9999-12-31T23:59:59Z"));
  }

  /**
   * The token is missing, forged, expired or for something else.
   *
   * @param reason one sentence for the dead letter's header; it never repeats the token
   */
  record Invalid(String reason) implements Verification {}
}
