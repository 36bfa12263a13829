package dev.floe.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.floe.access.SignIn.Rejected;
import dev.floe.access.SignIn.SignedIn;
import dev.floe.access.SignIn.UnknownKey;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Actor.Kind;
import dev.floe.kernel.Requirement;
import dev.floe.manifest.Auth;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@Requirement("330.9")
class OidcTokensTest {

  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Auth.Oidc PROVIDER =
      new Auth.Oidc("https://id.acme.com", "floe", "email", "groups");
  private static final String JWKS = Keys.jwks(Keys.RSA.jwk("rsa"), Keys.EC.jwk("ec"));
  private static final OidcTokens TOKENS = OidcTokens.of(PROVIDER, JWKS);
  private static final Actor ADA = new Actor(Kind.USER, "ada@acme.com", Set.of("leads", "staff"));

  @Test
  void name_the_person_with_groups() {
    assertThat(TOKENS.verify(Keys.RSA.sign("rsa", claims()), NOW)).isEqualTo(new SignedIn(ADA));
    assertThat(TOKENS.verify(Keys.EC.sign("ec", claims()), NOW)).isEqualTo(new SignedIn(ADA));
  }

  @Test
  void name_the_person_by_the_configured_claims() {
    var other = new Auth.Oidc("https://id.acme.com", "floe", "preferred_username", "roles");
    Map<String, Object> claims = claims();
    claims.put("preferred_username", "ada");
    claims.put("roles", "lead");
    assertThat(OidcTokens.of(other, JWKS).verify(Keys.RSA.sign("rsa", claims), NOW))
        .isEqualTo(new SignedIn(new Actor(Kind.USER, "ada", Set.of("lead"))));
  }

  @Test
  void may_come_without_groups() {
    assertThat(with("groups", null)).isEqualTo(new SignedIn(Actor.user("ada@acme.com")));
  }

  @Test
  void of_another_issuer_or_for_another_audience_are_rejected() {
    assertThat(with("iss", "https://evil.example"))
        .isEqualTo(
            new Rejected(
                "The token's issuer is 'https://evil.example', not 'https://id.acme.com'."));
    assertThat(with("aud", "other"))
        .isEqualTo(new Rejected("The token's audience is [other], not 'floe'."));
    assertThat(with("aud", List.of("other", "floe"))).isEqualTo(new SignedIn(ADA));
    assertThat(with("aud", null)).isInstanceOf(Rejected.class);
    assertThat(with("iss", null)).isInstanceOf(Rejected.class);
  }

  @Test
  void hold_for_their_time_give_or_take_a_minute() {
    long now = NOW.getEpochSecond();
    assertThat(with("exp", now - 59)).isEqualTo(new SignedIn(ADA));
    assertThat(with("exp", now - 60))
        .isEqualTo(new Rejected("The token expired at 2026-11-25T11:59:00Z."));
    assertThat(with("exp", null)).isEqualTo(new Rejected("The token lacks 'exp'."));
    assertThat(with("nbf", now + 60)).isEqualTo(new SignedIn(ADA));
    assertThat(with("nbf", now + 61))
        .isEqualTo(new Rejected("The token holds from 2026-11-25T12:01:01Z only."));
  }

  @Test
  void without_a_proper_subject_are_rejected() {
    assertThat(with("email", null)).isEqualTo(new Rejected("The token has no claim 'email'."));
    assertThat(with("email", " ")).isEqualTo(new Rejected("Nobody is signed in."));
    assertThat(with("email", "signer:ci"))
        .isEqualTo(new Rejected("'signer:ci' is not a valid name for a user."));
    assertThat(with("email", 7)).isEqualTo(new Rejected("The token's claims are malformed."));
  }

  @Test
  void with_an_address_that_nobody_has_verified_are_rejected() {
    assertThat(with("email_verified", false))
        .isEqualTo(new Rejected("The provider has not verified the address 'ada@acme.com'."));
    assertThat(with("email_verified", true)).isEqualTo(new SignedIn(ADA));
  }

  @Test
  void under_a_key_that_is_not_known_yet_ask_for_the_key_set_again() {
    assertThat(TOKENS.verify(Keys.OTHER_RSA.sign("rsa-2", claims()), NOW))
        .isEqualTo(new UnknownKey("rsa-2"));
  }

  @Test
  void that_the_provider_did_not_sign_are_rejected() {
    byte[] known = JWKS.getBytes(StandardCharsets.UTF_8);
    for (String token :
        List.of(
            Keys.OTHER_RSA.sign("rsa", claims()),
            Keys.RSA.sign(Map.of("alg", "ES256", "kid", "rsa"), claims()),
            Keys.hmac(known, Map.of("alg", "HS256", "kid", "rsa"), claims()),
            Keys.hmac(
                Keys.RSA.pair().getPublic().getEncoded(),
                Map.of("alg", "HS256", "kid", "rsa"),
                claims()),
            Keys.unsigned(claims()),
            "nonsense")) {
      assertThat(TOKENS.verify(token, NOW)).isInstanceOf(Rejected.class);
    }
  }

  @Test
  void need_a_key_set() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OidcTokens.of(PROVIDER, "<html>"))
        .withMessageStartingWith("the JWKS of 'https://id.acme.com' is unreadable");
  }

  private static Map<String, Object> claims() {
    return new TreeMap<>(
        Map.of(
            "iss", "https://id.acme.com",
            "aud", "floe",
            "sub", "0a1b2c",
            "email", "ada@acme.com",
            "groups", List.of("leads", "staff"),
            "exp", NOW.getEpochSecond() + 300));
  }

  private static SignIn with(String claim, @Nullable Object value) {
    Map<String, Object> claims = claims();
    if (value == null) {
      claims.remove(claim);
    } else {
      claims.put(claim, value);
    }
    return TOKENS.verify(Keys.RSA.sign("rsa", claims), NOW);
  }
}
