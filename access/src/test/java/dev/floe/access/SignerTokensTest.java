package dev.floe.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.floe.access.Verification.Invalid;
import dev.floe.access.Verification.Verified;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Actor.Kind;
import dev.floe.kernel.Requirement;
import dev.floe.manifest.Auth;
import dev.floe.manifest.Permission;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@Requirement("330.9")
class SignerTokensTest {

  private static final String TOPIC = "floe.promotion.commands";
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final byte[] VALUE = {0, 0, 0, 0, 7, 1, 2, 3};
  private static final byte[] SECRET = "s".repeat(32).getBytes(StandardCharsets.UTF_8);
  private static final ServiceKey SERVICE = ServiceKey.of("promotion-service", TOPIC, SECRET);

  private static final Auth.CommandSigner CI =
      new Auth.CommandSigner(
          "ci", "file:ci.json", List.of(Permission.PROMOTE), List.of("ci.replies"));
  private static final Auth.CommandSigner BOT =
      new Auth.CommandSigner("bot", "file:bot.json", List.of(Permission.LOCK), List.of());
  private static final Actor SIGNER_CI = new Actor(Kind.SIGNER, "signer:ci", Set.of());

  private static final TrustedKeys TRUSTED =
      new TrustedKeys(
          List.of(SERVICE),
          List.of(
              SignerKeys.of(BOT, Keys.OTHER_RSA.jwks("bot-1")),
              SignerKeys.of(
                  CI, Keys.jwks(Keys.RSA.jwk("rsa"), Keys.EC.jwk("ec"), Keys.ED25519.jwk("ed")))));

  @Test
  void name_the_signer_whatever_their_subject() {
    assertThat(verify(Keys.RSA.sign("rsa", claims()))).isEqualTo(verified());
    assertThat(verify(Keys.RSA.sign("rsa", claims("sub", "ada@acme.com", "authtype", "user"))))
        .isEqualTo(verified());
  }

  @Test
  void may_be_signed_with_rsa_p256_or_ed25519() {
    assertThat(verify(Keys.EC.sign("ec", claims()))).isEqualTo(verified());
    assertThat(verify(Keys.ED25519.sign("ed", claims()))).isEqualTo(verified());
    assertThat(verify(Keys.ED25519.sign(Map.of("alg", "Ed25519"), claims()))).isEqualTo(verified());
  }

  @Test
  void name_the_signer_even_if_they_claim_to_be_a_services() {
    var claims = claims("iss", "promotion-service", "sub", "ada@acme.com", "authtype", "user");
    assertThat(verify(Keys.RSA.sign("rsa", claims))).isEqualTo(verified());
  }

  @Test
  void are_found_by_key_id_where_the_issuer_is_no_signers_name() {
    String elsewhere = "https://ci.acme.com";
    assertThat(verify(Keys.RSA.sign("rsa", claims("iss", elsewhere)))).isEqualTo(verified());
    assertThat(verify(Keys.RSA.sign(Map.of("alg", "RS256"), claims("iss", elsewhere))))
        .isEqualTo(
            new Invalid(
                "the token's signature was not made by a key under auth.command_signers for issuer"
                    + " 'https://ci.acme.com'"));
  }

  @Test
  void need_no_key_id_where_the_issuer_is_a_signers_name() {
    assertThat(verify(Keys.RSA.sign(Map.of("alg", "RS256"), claims()))).isEqualTo(verified());
  }

  @Test
  void ask_for_answers_at_listed_topics_only() {
    assertThat(verify(Keys.RSA.sign("rsa", claims("reply_to", "ci.replies"))))
        .isEqualTo(new Verified(SIGNER_CI, Optional.of("ci.replies")));
    assertThat(verify(Keys.RSA.sign("rsa", claims("reply_to", "floe.promotion.events"))))
        .isEqualTo(
            new Invalid(
                "answers on 'floe.promotion.events' are not listed under reply_to of signer 'ci'"));
  }

  @Nested
  class Are_refused {

    @Test
    void when_another_signer_made_them() {
      assertThat(verify(Keys.OTHER_RSA.sign("rsa", claims()))).isInstanceOf(Invalid.class);
      assertThat(verify(Keys.OTHER_RSA.sign("bot-1", claims()))).isInstanceOf(Invalid.class);
    }

    @Test
    void when_a_public_key_serves_as_a_services_secret() {
      for (String issuer : List.of("ci", "promotion-service")) {
        byte[] known = Keys.RSA.pair().getPublic().getEncoded();
        Map<String, Object> claims = claims("iss", issuer, "authtype", "user");
        assertThat(verify(Keys.hmac(known, Map.of("alg", "HS256", "kid", "rsa"), claims)))
            .isInstanceOf(Invalid.class);
        byte[] pem = Keys.RSA.jwks("rsa").getBytes(StandardCharsets.UTF_8);
        assertThat(verify(Keys.hmac(pem, Map.of("alg", "HS256", "kid", "rsa"), claims)))
            .isInstanceOf(Invalid.class);
      }
    }

    @Test
    void when_the_algorithm_is_not_the_keys() {
      assertThat(verify(Keys.RSA.sign(Map.of("alg", "ES256", "kid", "rsa"), claims())))
          .isInstanceOf(Invalid.class);
      assertThat(verify(Keys.EC.sign(Map.of("alg", "RS256", "kid", "ec"), claims())))
          .isInstanceOf(Invalid.class);
      assertThat(verify(Keys.ED25519.sign(Map.of("alg", "RS512", "kid", "ed"), claims())))
          .isInstanceOf(Invalid.class);
      assertThat(verify(Keys.unsigned(claims())))
          .isEqualTo(new Invalid("the token is not a signed JWT"));
    }

    @Test
    void when_a_service_made_them_in_a_signers_name() {
      assertThat(verify(Keys.hmac(SECRET, Map.of("alg", "HS256"), claims())))
          .isInstanceOf(Invalid.class);
    }

    @Test
    void on_a_topic_that_is_closed() {
      String topic = "floe.gate.commands";
      String token = Keys.RSA.sign("rsa", claims("topic", topic));
      var command = RawCommand.of(topic, "floe-platform", "id-1", VALUE, "Bearer " + token, NOW);
      assertThat(CommandTokens.verify(command, TRUSTED))
          .isEqualTo(new Invalid("signers may sign for floe.promotion.commands only"));
    }

    @Test
    void when_they_are_for_another_record_or_time() {
      assertThat(verify(Keys.RSA.sign("rsa", claims("jti", "id-2")))).isInstanceOf(Invalid.class);
      assertThat(verify(Keys.RSA.sign("rsa", claims("key", "k")))).isInstanceOf(Invalid.class);
      assertThat(verify(Keys.RSA.sign("rsa", claims("cmd_sha256", "00"))))
          .isInstanceOf(Invalid.class);
      assertThat(verify(Keys.RSA.sign("rsa", claims("exp", NOW.getEpochSecond()))))
          .isInstanceOf(Invalid.class);
      assertThat(verify(Keys.RSA.sign("rsa", claims("exp", NOW.getEpochSecond() + 3601))))
          .isInstanceOf(Invalid.class);
    }
  }

  @Nested
  class A_key_set {

    @Test
    void that_holds_secrets_is_refused() {
      var rsa = Keys.RSA.pair();
      var whole =
          new RSAKey.Builder((RSAPublicKey) rsa.getPublic())
              .privateKey((RSAPrivateKey) rsa.getPrivate())
              .build();
      for (String jwks :
          List.of(
              "{\"keys\":[" + whole.toJSONString() + "]}",
              "{\"keys\":[" + new OctetSequenceKey.Builder(SECRET).build().toJSONString() + "]}")) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> SignerKeys.of(CI, jwks))
            .withMessage(
                "the JWKS of signer 'ci' holds a secret key: put the public keys there only");
      }
    }

    @Test
    void with_a_short_rsa_key_is_refused() {
      String jwks = Keys.generate("RS256", "RSA", 1024).jwks("short");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SignerKeys.of(CI, jwks))
          .withMessage("the JWKS of signer 'ci' holds an RSA key of 1024 bits, it needs 2048");
    }

    @Test
    void that_is_unreadable_or_empty_is_refused() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SignerKeys.of(CI, "nonsense"))
          .withMessageStartingWith("the JWKS of signer 'ci' is unreadable");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SignerKeys.of(CI, "{\"keys\":[]}"))
          .withMessage("the JWKS of signer 'ci' holds no RSA, P-256 or Ed25519 public key");
    }

    @Test
    void binds_a_key_to_the_algorithm_it_names() {
      var rsa = (RSAPublicKey) Keys.RSA.pair().getPublic();
      var pssOnly = new RSAKey.Builder(rsa).keyID("rsa").algorithm(JWSAlgorithm.PS256).build();
      var keys = new TrustedKeys(List.of(), List.of(SignerKeys.of(CI, Keys.jwks(pssOnly))));
      assertThat(CommandTokens.verify(record(Keys.RSA.sign("rsa", claims())), keys))
          .isInstanceOf(Invalid.class);
      var odd = new RSAKey.Builder(rsa).algorithm(JWSAlgorithm.HS256).build();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SignerKeys.of(CI, Keys.jwks(odd)))
          .withMessageStartingWith("the JWKS of signer 'ci' holds a key for algorithm 'HS256'");
    }

    @Test
    void may_hold_keys_for_encryption_which_sign_nothing() {
      var rsa = (RSAPublicKey) Keys.RSA.pair().getPublic();
      var encryption = new RSAKey.Builder(rsa).keyID("rsa").keyUse(KeyUse.ENCRYPTION).build();
      var keys =
          new TrustedKeys(
              List.of(), List.of(SignerKeys.of(CI, Keys.jwks(encryption, Keys.EC.jwk("ec")))));
      assertThat(CommandTokens.verify(record(Keys.RSA.sign("rsa", claims())), keys))
          .isInstanceOf(Invalid.class);
      assertThat(CommandTokens.verify(record(Keys.EC.sign("ec", claims())), keys))
          .isEqualTo(verified());
    }
  }

  private static Verified verified() {
    return new Verified(SIGNER_CI, Optional.empty());
  }

  private static Map<String, Object> claims(Object... changes) {
    Map<String, Object> claims =
        new TreeMap<>(
            Map.of(
                "iss", "ci",
                "sub", "pipeline 17",
                "aud", "floe",
                "jti", "id-1",
                "iat", NOW.getEpochSecond(),
                "exp", NOW.getEpochSecond() + 60,
                "topic", TOPIC,
                "key", "floe-platform",
                "cmd_sha256", RawCommand.sha256(VALUE)));
    for (int i = 0; i < changes.length; i += 2) {
      claims.put((String) changes[i], changes[i + 1]);
    }
    return claims;
  }

  private static RawCommand record(String token) {
    return RawCommand.of(TOPIC, "floe-platform", "id-1", VALUE, "Bearer " + token, NOW);
  }

  private static Verification verify(String token) {
    return CommandTokens.verify(record(token), TRUSTED);
  }
}
