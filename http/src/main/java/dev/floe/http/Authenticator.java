package dev.floe.http;

import dev.floe.kernel.Actor;

/** Finds out who is asking; whether they may is decided by the owner of the command. */
public interface Authenticator {

  /**
   * Who holds {@code token}.
   *
   * @throws ProblemException with {@code not-authenticated} when the token proves nobody
   */
  Actor authenticate(String token);
}
