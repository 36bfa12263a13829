package dev.floe.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.floe.access.Verification.Invalid;
import dev.floe.access.Verification.Verified;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Actor.Kind;
import dev.floe.kernel.Requirement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Services' tokens; signers' are in {@link SignerTokensTest}. */
@Requirement("330.9")
class CommandTokensTest {

  private static final String TOPIC = "floe.gate.commands";
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final byte[] VALUE = {0, 0, 0, 0, 7, 1, 2, 3};
  private static final byte[] SECRET = "s".repeat(32).getBytes(StandardCharsets.UTF_8);
  private static final byte[] OTHER_SECRET = "t".repeat(32).getBytes(StandardCharsets.UTF_8);

  private static final ServiceKey KEY = ServiceKey.of("gate-runner", TOPIC, SECRET);
  private static final TrustedKeys TRUSTED = TrustedKeys.only(KEY);
  private static final Actor ADA = new Actor(Kind.USER, "ada@acme.com", Set.of("leads", "staff"));

  private static final String TOKEN =
      CommandTokens.authorization(KEY, ADA, "floe-platform", "id-1", VALUE, NOW);

  @Test
  void name_the_person_a_service_acts_for_with_groups() {
    assertThat(verify(record(TOKEN))).isEqualTo(new Verified(ADA, Optional.empty()));
  }

  @Test
  void name_every_kind_of_identity_a_service_acts_for() {
    for (Actor actor :
        List.of(
            Actor.system("gate-runner"),
            new Actor(Kind.POLICY, "policy:nightly", Set.of()),
            new Actor(Kind.SIGNER, "signer:ci", Set.of()))) {
      String token = CommandTokens.authorization(KEY, actor, "floe-platform", "id-1", VALUE, NOW);
      assertThat(verify(record(token))).isEqualTo(new Verified(actor, Optional.empty()));
    }
  }

  @Test
  void are_as_the_contract_says() {
    assertThat(verify(record(signed(claims(), Map.of())))).isInstanceOf(Verified.class);
  }

  @Nested
  class A_record_that_is_not_the_tokens {

    @Test
    void with_another_value_is_nobodys() {
      var tampered = RawCommand.of(TOPIC, "floe-platform", "id-1", new byte[] {9}, TOKEN, NOW);
      assertThat(reason(tampered)).startsWith("the token's 'cmd_sha256' is");
    }

    @Test
    void under_another_key_is_nobodys() {
      assertThat(reason(RawCommand.of(TOPIC, "other", "id-1", VALUE, TOKEN, NOW)))
          .isEqualTo("the token's 'key' is 'floe-platform', the record's key 'other'");
    }

    @Test
    void under_a_key_or_an_id_that_is_no_name_is_nobodys() {
      for (String odd : List.of("", "a\u202eb", "x".repeat(5_000))) {
        String key = CommandTokens.authorization(KEY, ADA, odd, "id-1", VALUE, NOW);
        assertThat(reason(RawCommand.of(TOPIC, odd, "id-1", VALUE, key, NOW)))
            .contains("is not a valid artifact's name")
            .hasSizeLessThan(300);
        String id = CommandTokens.authorization(KEY, ADA, "floe-platform", odd, VALUE, NOW);
        assertThat(reason(RawCommand.of(TOPIC, "floe-platform", odd, VALUE, id, NOW)))
            .contains("is not a valid id")
            .hasSizeLessThan(300);
      }
    }

    @Test
    void without_a_key_is_nobodys() {
      assertThat(reason(RawCommand.of(TOPIC, null, "id-1", VALUE, TOKEN, NOW)))
          .startsWith("the token's 'key'");
    }

    @Test
    void on_another_topic_is_nobodys() {
      assertThat(
              reason(
                  RawCommand.of(
                      "floe.promotion.commands", "floe-platform", "id-1", VALUE, TOKEN, NOW)))
          .isEqualTo(
              "the token's 'topic' is '%s', the record's topic 'floe.promotion.commands'"
                  .formatted(TOPIC));
    }

    @Test
    void with_another_command_id_is_a_replay_and_nobodys() {
      assertThat(reason(RawCommand.of(TOPIC, "floe-platform", "id-2", VALUE, TOKEN, NOW)))
          .isEqualTo("the token's 'jti' is 'id-1', the record's ce_id 'id-2'");
      assertThat(reason(RawCommand.of(TOPIC, "floe-platform", null, VALUE, TOKEN, NOW)))
          .startsWith("the token's 'jti'");
    }
  }

  @Nested
  class Time {

    @Test
    void is_the_brokers_so_that_a_late_reader_still_accepts() {
      Instant justBefore = NOW.plus(Duration.ofSeconds(60)).minusMillis(1);
      assertThat(verify(recordAt(TOKEN, justBefore))).isInstanceOf(Verified.class);
    }

    @Test
    void ends_a_token() {
      assertThat(reason(recordAt(TOKEN, NOW.plus(Duration.ofSeconds(60)))))
          .isEqualTo(
              "the token expired at 2026-11-25T12:01:00Z, the record is from 2026-11-25T12:01:00Z");
    }

    @Test
    void is_an_hour_at_most() {
      assertThat(with("exp", NOW.getEpochSecond() + 3600)).isInstanceOf(Verified.class);
      assertThat(with("exp", NOW.getEpochSecond() + 3601))
          .isEqualTo(
              new Invalid(
                  "the token lives longer than an hour, from 2026-11-25T12:00:00Z to"
                      + " 2026-11-25T13:00:01Z"));
    }

    @Test
    void forgives_a_senders_clock_a_minute_and_no_more() {
      assertThat(verify(recordAt(TOKEN, NOW.minusSeconds(60)))).isInstanceOf(Verified.class);
      assertThat(reason(recordAt(TOKEN, NOW.minusSeconds(61))))
          .isEqualTo(
              "the token is from 2026-11-25T12:00:00Z, the record from 2026-11-25T11:58:59Z");
    }

    @Test
    void must_be_stated() {
      assertThat(with("exp", null)).isEqualTo(new Invalid("the token lacks 'iat' or 'exp'"));
      assertThat(with("iat", null)).isEqualTo(new Invalid("the token lacks 'iat' or 'exp'"));
    }
  }

  @Nested
  class Claims {

    @Test
    void must_be_for_floe() {
      assertThat(with("aud", List.of("x", "floe"))).isInstanceOf(Verified.class);
      assertThat(with("aud", "other")).isEqualTo(new Invalid("the token's audience is not 'floe'"));
      assertThat(with("aud", null)).isEqualTo(new Invalid("the token's audience is not 'floe'"));
    }

    @Test
    void must_all_be_there() {
      for (String claim :
          List.of(
              "iss", "sub", "aud", "jti", "iat", "exp", "topic", "key", "cmd_sha256", "authtype")) {
        assertThat(with(claim, null)).as(claim).isInstanceOf(Invalid.class);
      }
    }

    @Test
    void must_be_of_their_type() {
      for (String claim :
          List.of("iss", "sub", "jti", "exp", "topic", "key", "authtype", "groups")) {
        assertThat(with(claim, Map.of("a", 1))).as(claim).isInstanceOf(Invalid.class);
      }
    }

    @Test
    void name_a_kind_that_fits_the_name() {
      assertThat(with("authtype", "api_key"))
          .isEqualTo(new Invalid("the token has no known 'authtype'"));
      assertThat(with("authtype", "service_account")).isInstanceOf(Invalid.class);
      assertThat(with("sub", "signer:ci"))
          .isEqualTo(new Invalid("'signer:ci' is not a valid name for a user."));
      assertThat(with("sub", " ")).isEqualTo(new Invalid("Nobody is signed in."));
      assertThat(with("sub", "ada@acme.com\n")).isInstanceOf(Invalid.class);
    }

    @Test
    void cannot_send_a_services_answers_elsewhere() {
      assertThat(with("reply_to", "elsewhere"))
          .isEqualTo(new Verified(Actor.user("ada@acme.com"), Optional.empty()));
    }
  }

  @Nested
  class A_service {

    @Test
    void signs_with_its_own_key() {
      String token = Keys.hmac(OTHER_SECRET, Map.of("alg", "HS256"), claims());
      assertThat(reason(record("Bearer " + token)))
          .isEqualTo("the token's signature was not made by a key of service 'gate-runner'");
    }

    @Test
    void may_not_use_anothers_name() {
      assertThat(with("iss", "promotion-service")).isInstanceOf(Invalid.class);
    }

    @Test
    void may_not_act_for_people_on_anothers_topic() {
      String topic = "floe.promotion.commands";
      var both =
          new TrustedKeys(
              List.of(KEY, ServiceKey.of("promotion-service", topic, OTHER_SECRET)), List.of());
      String token = signed(claims(), Map.of("topic", topic));
      var command = RawCommand.of(topic, "floe-platform", "id-1", VALUE, token, NOW);
      assertThat(CommandTokens.verify(command, both))
          .isEqualTo(new Invalid("'gate-runner' may sign for floe.gate.commands only"));
    }

    @Test
    void may_change_its_key_while_the_old_one_still_counts() {
      var both =
          new TrustedKeys(
              List.of(ServiceKey.of("gate-runner", TOPIC, OTHER_SECRET), KEY), List.of());
      assertThat(CommandTokens.verify(record(TOKEN), both)).isInstanceOf(Verified.class);
    }

    @Test
    void needs_a_secret_that_cannot_be_guessed() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ServiceKey.of("gate-runner", TOPIC, new byte[31]))
          .withMessage("the key of service 'gate-runner' has 31 bytes, it needs 32 or more");
    }

    @Test
    void never_shows_its_key() {
      assertThat(KEY).hasToString("key of gate-runner for floe.gate.commands");
    }
  }

  @Nested
  class No_token {

    @Test
    void is_no_command() {
      for (String header : new @Nullable String[] {null, "", "Basic YTpi", TOKEN.substring(7)}) {
        assertThat(reason(record(header)))
            .isEqualTo("the record has no header 'authorization: Bearer …'");
      }
    }

    @Test
    void is_what_was_never_signed_or_cut() {
      for (String token :
          List.of(
              "x",
              "a.b.c",
              Keys.unsigned(claims()),
              TOKEN.substring(7, TOKEN.length() - 44),
              signed(claims(), Map.of("more", "x".repeat(40_000))).substring(7))) {
        assertThat(reason(record("Bearer " + token))).isEqualTo("the token is not a signed JWT");
      }
    }

    @Test
    void is_one_with_critical_headers_that_nobody_here_understands() {
      for (Map<String, Object> header :
          List.of(
              Map.<String, Object>of("alg", "HS256", "crit", List.of("x"), "x", 1),
              Map.<String, Object>of("alg", "HS256", "crit", List.of("b64"), "b64", false))) {
        String token = Keys.hmac(SECRET, header, claims());
        assertThat(reason(record("Bearer " + token))).isEqualTo("the token is not a signed JWT");
      }
    }

    @Test
    void is_one_with_a_changed_payload() {
      String[] parts = TOKEN.substring(7).split("\\.", -1);
      String[] others =
          CommandTokens.authorization(
                  KEY, Actor.user("mallory@acme.com"), "floe-platform", "id-1", VALUE, NOW)
              .substring(7)
              .split("\\.", -1);
      String mixed = parts[0] + "." + others[1] + "." + parts[2];
      assertThat(reason(record("Bearer " + mixed)))
          .isEqualTo("the token's signature was not made by a key of service 'gate-runner'");
    }
  }

  private static Map<String, Object> claims() {
    return new TreeMap<>(
        Map.of(
            "iss", "gate-runner",
            "sub", "ada@acme.com",
            "aud", "floe",
            "jti", "id-1",
            "iat", NOW.getEpochSecond(),
            "exp", NOW.getEpochSecond() + 60,
            "topic", TOPIC,
            "key", "floe-platform",
            "cmd_sha256", "16efbf06e04e0ab3a02f00f7354fb0e571fd35cf4905e0406080d6ef175a7fd9",
            "authtype", "user"));
  }

  private static Verification with(String claim, @Nullable Object value) {
    Map<String, Object> claims = claims();
    if (value == null) {
      claims.remove(claim);
    } else {
      claims.put(claim, value);
    }
    return verify(record(signed(claims, Map.of())));
  }

  private static String signed(Map<String, Object> claims, Map<String, Object> more) {
    claims.putAll(more);
    return "Bearer " + Keys.hmac(SECRET, Map.of("alg", "HS256"), claims);
  }

  private static RawCommand record(@Nullable String authorization) {
    return recordAt(authorization, NOW);
  }

  private static RawCommand recordAt(@Nullable String authorization, Instant time) {
    return RawCommand.of(TOPIC, "floe-platform", "id-1", VALUE, authorization, time);
  }

  private static Verification verify(RawCommand command) {
    return CommandTokens.verify(command, TRUSTED);
  }

  private static String reason(RawCommand command) {
    return switch (verify(command)) {
      case Invalid(String reason) -> reason;
      case Verified verified -> "accepted: " + verified;
    };
  }
}
