package dev.floe.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.floe.access.SignIn.Rejected;
import dev.floe.access.SignIn.SignedIn;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Actor.Kind;
import dev.floe.kernel.Requirement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@Requirement("330.9")
class UserTokensTest {

  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final byte[] SECRET = "s".repeat(32).getBytes(StandardCharsets.UTF_8);
  private static final UserTokens TOKENS = UserTokens.under(SECRET);
  private static final Actor ADA = new Actor(Kind.USER, "ada@acme.com", Set.of("leads"));

  @Test
  void name_the_person() {
    assertThat(TOKENS.verify(TOKENS.mint(ADA, LIFE, NOW), NOW)).isEqualTo(new SignedIn(ADA));
  }

  @Test
  void can_be_made_by_whoever_holds_the_key_and_knows_the_form() {
    assertThat(with("groups", null)).isEqualTo(new SignedIn(Actor.user("ada@acme.com")));
  }

  @Test
  void end() {
    String token = TOKENS.mint(ADA, LIFE, NOW);
    assertThat(TOKENS.verify(token, NOW.plus(LIFE).minusMillis(1))).isEqualTo(new SignedIn(ADA));
    assertThat(TOKENS.verify(token, NOW.plus(LIFE)))
        .isEqualTo(new Rejected("The token expired at 2026-11-25T12:05:00Z."));
  }

  @Test
  void live_a_working_day_at_most() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TOKENS.mint(ADA, Duration.ofHours(13), NOW))
        .withMessage("a token lives PT12H at most");
    assertThat(with("exp", NOW.getEpochSecond() + 13 * 3600))
        .isEqualTo(new Rejected("The token lives longer than PT12H."));
  }

  @Test
  void from_the_future_are_rejected() {
    String token = TOKENS.mint(ADA, LIFE, NOW);
    assertThat(TOKENS.verify(token, NOW.minusSeconds(5))).isEqualTo(new SignedIn(ADA));
    assertThat(TOKENS.verify(token, NOW.minusSeconds(6))).isInstanceOf(Rejected.class);
  }

  @Test
  void of_another_system_are_rejected() {
    var other = UserTokens.under("t".repeat(32).getBytes(StandardCharsets.UTF_8));
    assertThat(TOKENS.verify(other.mint(ADA, LIFE, NOW), NOW))
        .isEqualTo(new Rejected("The token was signed with a different key from this system's."));
  }

  @Test
  void are_not_what_was_made_for_something_else() {
    Map<String, Object> header = Map.of("alg", "HS256", "typ", "JWT");
    assertThat(TOKENS.verify(Keys.hmac(SECRET, header, claims()), NOW))
        .isEqualTo(new Rejected("This system did not issue the token."));
    assertThat(with("iss", "gate-runner")).isInstanceOf(Rejected.class);
    assertThat(with("aud", "other")).isInstanceOf(Rejected.class);
    assertThat(with("exp", null)).isInstanceOf(Rejected.class);
    assertThat(with("iat", null)).isInstanceOf(Rejected.class);
    assertThat(with("groups", 7)).isInstanceOf(Rejected.class);
  }

  @Test
  void are_signed() {
    for (String token :
        List.of(
            "",
            "x",
            Keys.unsigned(claims()),
            Keys.RSA.sign(Map.of("alg", "RS256", "typ", "floe-user+jwt"), claims()))) {
      assertThat(TOKENS.verify(token, NOW))
          .isEqualTo(new Rejected("This system did not issue the token."));
    }
  }

  @Test
  void are_for_people_only() {
    for (Actor actor :
        List.of(
            Actor.system("gate-runner"),
            new Actor(Kind.SIGNER, "signer:ci", Set.of()),
            Actor.user("signer:ci"),
            Actor.user(""))) {
      assertThatIllegalArgumentException().isThrownBy(() -> TOKENS.mint(actor, LIFE, NOW));
    }
    assertThat(with("sub", "policy:nightly"))
        .isEqualTo(new Rejected("'policy:nightly' is not a valid name for a user."));
    assertThat(with("sub", null)).isEqualTo(new Rejected("Nobody is signed in."));
  }

  @Test
  void need_a_key_that_cannot_be_guessed() {
    assertThatIllegalArgumentException().isThrownBy(() -> UserTokens.under(new byte[31]));
  }

  private static Map<String, Object> claims() {
    return new TreeMap<>(
        Map.of(
            "iss",
            "floe",
            "aud",
            "floe",
            "sub",
            "ada@acme.com",
            "iat",
            NOW.getEpochSecond(),
            "exp",
            NOW.getEpochSecond() + 60,
            "groups",
            List.of("leads")));
  }

  private static SignIn with(String claim, @Nullable Object value) {
    Map<String, Object> claims = claims();
    if (value == null) {
      claims.remove(claim);
    } else {
      claims.put(claim, value);
    }
    Map<String, Object> header = Map.of("alg", "HS256", "typ", "floe-user+jwt");
    return TOKENS.verify(Keys.hmac(SECRET, header, claims), NOW);
  }
}
