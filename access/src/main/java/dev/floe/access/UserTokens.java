package dev.floe.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.floe.access.SignIn.Rejected;
import dev.floe.access.SignIn.SignedIn;
import dev.floe.kernel.Actor;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The embedded mode's tokens for people: whoever can read the key can be anyone, which proves the
 * flow and not the people.
 *
 * <p>A JWS, header {@code {"alg":"HS256","typ":"floe-user+jwt"}}, claims {@code iss=floe aud=floe
 * sub iat exp [groups]}.
 */
public final class UserTokens {

  /** The longest a token may live: a working day. */
  public static final Duration LONGEST_LIFE = Duration.ofHours(12);

  private static final String FLOE = "floe";
  private static final JOSEObjectType TYPE = new JOSEObjectType("floe-user+jwt");
  private static final JWSHeader HEADER =
      new JWSHeader.Builder(JWSAlgorithm.HS256).type(TYPE).build();

  /** Two processes of one machine may disagree about the second. */
  private static final Duration SKEW = Duration.ofSeconds(5);

  private final JWSSigner signer;
  private final JWSVerifier verifier;

  private UserTokens(JWSSigner signer, JWSVerifier verifier) {
    this.signer = signer;
    this.verifier = verifier;
  }

  /** Tokens under {@code secret}, such as {@link KeyFile} keeps. */
  public static UserTokens under(byte[] secret) {
    try {
      return new UserTokens(new MACSigner(secret), new MACVerifier(secret));
    } catch (JOSEException bad) {
      throw new IllegalArgumentException("the key for people's tokens needs 32 bytes", bad);
    }
  }

  /** A token for a person, good from {@code now} for {@code life}. */
  public String mint(Actor person, Duration life, Instant now) {
    if (!person.isPerson() || Identity.doubt(person.kind(), person.name()).isPresent()) {
      throw new IllegalArgumentException("'%s' is not a person".formatted(person.name()));
    }
    if (life.compareTo(LONGEST_LIFE) > 0) {
      throw new IllegalArgumentException("a token lives %s at most".formatted(LONGEST_LIFE));
    }
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(FLOE)
            .audience(FLOE)
            .subject(person.name())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(life)))
            .claim("groups", List.copyOf(person.groups()))
            .build();
    try {
      SignedJWT token = new SignedJWT(HEADER, claims);
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException impossible) {
      throw new IllegalStateException("signing a token for a person", impossible);
    }
  }

  /** Who is asking; never {@link SignIn.UnknownKey}. */
  public SignIn verify(String token, Instant now) {
    Optional<SignedJWT> parsed = Signatures.parse(token);
    if (parsed.isEmpty()
        || !TYPE.equals(parsed.get().getHeader().getType())
        || !JWSAlgorithm.HS256.equals(parsed.get().getHeader().getAlgorithm())) {
      return new Rejected("This system did not issue the token.");
    }
    if (!Signatures.hold(parsed.get(), verifier)) {
      return new Rejected("The token was signed with a different key from this system's.");
    }
    try {
      return read(parsed.get().getJWTClaimsSet(), now);
    } catch (ParseException malformed) {
      return new Rejected("The token's claims are malformed.");
    }
  }

  private static SignIn read(JWTClaimsSet claims, Instant now) throws ParseException {
    if (!FLOE.equals(claims.getIssuer()) || !claims.getAudience().contains(FLOE)) {
      return new Rejected("The token is not for this system.");
    }
    if (claims.getIssueTime() == null || claims.getExpirationTime() == null) {
      return new Rejected("The token lacks 'iat' or 'exp'.");
    }
    Instant issued = claims.getIssueTime().toInstant();
    Instant expires = claims.getExpirationTime().toInstant();
    if (Duration.between(issued, expires).compareTo(LONGEST_LIFE) > 0) {
      return new Rejected("The token lives longer than %s.".formatted(LONGEST_LIFE));
    }
    if (issued.isAfter(now.plus(SKEW))) {
      return new Rejected(
          "The token was issued in the future: at %s; the time is now %s.".formatted(issued, now));
    }
    if (!now.isBefore(expires)) {
      return new Rejected("The token expired at %s.".formatted(expires));
    }
    return person(claims.getSubject(), claims.getStringListClaim("groups"));
  }

  static SignIn person(@Nullable String subject, @Nullable List<String> groups) {
    String name = subject == null ? "" : subject;
    Optional<String> doubt = Identity.doubt(Actor.Kind.USER, name);
    return doubt.isPresent()
        ? new Rejected(doubt.get())
        : new SignedIn(
            new Actor(Actor.Kind.USER, name, groups == null ? Set.of() : Set.copyOf(groups)));
  }
}
