package dev.floe.access;

import dev.floe.kernel.Actor;

/** What a request's token says of who is asking. */
public sealed interface SignIn {

  /** The token holds. */
  record SignedIn(Actor by) implements SignIn {}

  /**
   * Nobody is signed in.
   *
   * @param reason one sentence, without the token
   */
  record Rejected(String reason) implements SignIn {}

  /**
   * The provider has signed with a key that its key set, as it is known, does not hold: fetch it
   * again.
   */
  record UnknownKey(String keyId) implements SignIn {}
}
