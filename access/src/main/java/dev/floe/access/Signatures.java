package dev.floe.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Optional;
import java.util.Set;

/** What every kind of token goes through before its claims are looked at. */
final class Signatures {

  /** Tokens travel in a header; what is longer was not meant to be read. */
  private static final int LONGEST = 32 * 1024;

  private Signatures() {}

  /** The token taken apart, nothing verified; empty if it is no signed JWT. */
  static Optional<SignedJWT> parse(String token) {
    if (token.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      Set<String> critical = jwt.getHeader().getCriticalParams();
      // Nothing critical is understood here; "b64": false would change what is signed.
      boolean plain =
          (critical == null || critical.isEmpty()) && jwt.getHeader().isBase64URLEncodePayload();
      return plain ? Optional.of(jwt) : Optional.empty();
    } catch (ParseException | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  static boolean hold(SignedJWT token, JWSVerifier verifier) {
    try {
      return token.verify(verifier);
    } catch (JOSEException | IllegalStateException cannot) {
      return false;
    }
  }
}
