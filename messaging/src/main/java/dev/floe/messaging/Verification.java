package dev.floe.messaging;

import dev.floe.kernel.Actor;
import java.util.Optional;

/** What a command's token came to. */
public sealed interface Verification {

  /**
   * The token holds, and this is what it says.
   *
   * @param by who asks
   * @param replyTo where the sender wants the answer besides {@code floe.replies}, if the manifest
   *     allows it
   */
  record Verified(Actor by, Optional<String> replyTo) implements Verification {

    /** A sender who reads {@code floe.replies}. */
    public static Verified by(Actor actor) {
      return new Verified(actor, Optional.empty());
    }
  }

  /**
   * The token is missing, forged, expired or for something else.
   *
   * @param reason one sentence for the dead letter's header; it never repeats the token
   */
  record Invalid(String reason) implements Verification {}
}
