package dev.floe.access;

import dev.floe.kernel.Actor;
import java.util.Optional;

/** What a command's token says of who sent it. */
public sealed interface Verification {

  /**
   * The token holds.
   *
   * @param replyTo the topic the sender wants the answer forwarded to, if its manifest entry lists
   *     that topic too
   */
  record Verified(Actor by, Optional<String> replyTo) implements Verification {}

  /**
   * The command is nobody's.
   *
   * @param reason one sentence; holds nothing of the token but what it claims
   */
  record Invalid(String reason) implements Verification {}
}
