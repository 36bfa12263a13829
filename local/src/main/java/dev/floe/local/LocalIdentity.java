package dev.floe.local;

import dev.floe.access.KeyFile;
import dev.floe.access.SignIn;
import dev.floe.access.UserTokens;
import dev.floe.http.Authenticator;
import dev.floe.http.ProblemException;
import dev.floe.kernel.Actor;
import dev.floe.manifest.ProblemCode;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/** The embedded identity: whoever can read the key file can be anyone; it proves the flow only. */
final class LocalIdentity implements Authenticator {

  /** The file in the data folder that the command line signs with. */
  static final String KEY_FILE = "identity.key";

  private final UserTokens tokens;
  private final InstantSource clock;

  private LocalIdentity(UserTokens tokens, InstantSource clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  static LocalIdentity in(Path data, InstantSource clock) {
    byte[] secret = KeyFile.openOrCreate(data.resolve(KEY_FILE), new SecureRandom());
    return new LocalIdentity(UserTokens.under(secret), clock);
  }

  @Override
  public Actor authenticate(String token) {
    return switch (tokens.verify(token, clock.instant())) {
      case SignIn.SignedIn(Actor by) -> by;
      case SignIn.Rejected(String reason) ->
          throw new ProblemException(ProblemCode.NOT_AUTHENTICATED, reason, "");
      case SignIn.UnknownKey _ ->
          throw new ProblemException(
              ProblemCode.NOT_AUTHENTICATED, "The token is not signed with this key.", "");
    };
  }
}
