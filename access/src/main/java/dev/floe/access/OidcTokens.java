package dev.floe.access;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.floe.access.SignIn.Rejected;
import dev.floe.manifest.Auth;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An identity provider's access tokens, verified with its key set as somebody has fetched it. */
public final class OidcTokens {

  /** How far the provider's clock may be from this one's. */
  private static final Duration SKEW = Duration.ofSeconds(60);

  private final Auth.Oidc provider;
  private final PublicKeys keys;

  private OidcTokens(Auth.Oidc provider, PublicKeys keys) {
    this.provider = provider;
    this.keys = keys;
  }

  /**
   * The tokens of {@code provider}.
   *
   * @param jwks the text behind the provider's {@code jwks_uri}
   * @throws IllegalArgumentException naming the provider and what is wrong
   */
  public static OidcTokens of(Auth.Oidc provider, String jwks) {
    return new OidcTokens(provider, PublicKeys.of("'%s'".formatted(provider.issuer()), jwks));
  }

  /** Who is asking. */
  public SignIn verify(String token, Instant now) {
    Optional<SignedJWT> parsed = Signatures.parse(token);
    if (parsed.isEmpty()) {
      return new Rejected("The token is not a signed JWT.");
    }
    if (!keys.signed(parsed.get())) {
      String keyId = parsed.get().getHeader().getKeyID();
      return keyId == null || keys.knows(keyId)
          ? new Rejected(
              "The token's signature was not made by a key of '%s'.".formatted(provider.issuer()))
          : new SignIn.UnknownKey(keyId);
    }
    try {
      return read(parsed.get().getJWTClaimsSet(), now);
    } catch (ParseException malformed) {
      return new Rejected("The token's claims are malformed.");
    }
  }

  private SignIn read(JWTClaimsSet claims, Instant now) throws ParseException {
    if (!provider.issuer().equals(claims.getIssuer())) {
      return new Rejected(
          "The token's issuer is '%s', not '%s'.".formatted(claims.getIssuer(), provider.issuer()));
    }
    if (!claims.getAudience().contains(provider.audience())) {
      return new Rejected(
          "The token's audience is %s, not '%s'."
              .formatted(claims.getAudience(), provider.audience()));
    }
    Optional<Rejected> late = outOfTime(claims, now);
    if (late.isPresent()) {
      return late.get();
    }
    String subject = claims.getStringClaim(provider.subject());
    if (subject == null) {
      return new Rejected("The token has no claim '%s'.".formatted(provider.subject()));
    }
    if (provider.subject().equals("email") && isUnverified(claims)) {
      // An address that nobody has checked is whatever its holder typed.
      return new Rejected("The provider has not verified the address '%s'.".formatted(subject));
    }
    return UserTokens.person(subject, groups(claims));
  }

  private static Optional<Rejected> outOfTime(JWTClaimsSet claims, Instant now) {
    Date expires = claims.getExpirationTime();
    if (expires == null) {
      return Optional.of(new Rejected("The token lacks 'exp'."));
    }
    if (!now.isBefore(expires.toInstant().plus(SKEW))) {
      return Optional.of(new Rejected("The token expired at %s.".formatted(expires.toInstant())));
    }
    Date notBefore = claims.getNotBeforeTime();
    return notBefore != null && now.plus(SKEW).isBefore(notBefore.toInstant())
        ? Optional.of(
            new Rejected("The token holds from %s only.".formatted(notBefore.toInstant())))
        : Optional.empty();
  }

  private static boolean isUnverified(JWTClaimsSet claims) {
    @Nullable Object verified = claims.getClaim("email_verified");
    return verified != null && !verified.toString().equals("true");
  }

  /** A provider writes a single group as a list, or as text. */
  private @Nullable List<String> groups(JWTClaimsSet claims) throws ParseException {
    return claims.getClaim(provider.groups()) instanceof String one
        ? List.of(one)
        : claims.getStringListClaim(provider.groups());
  }
}
