package dev.floe.oci.http;

import static dev.floe.oci.testing.Faults.on;
import static dev.floe.oci.testing.Faults.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.floe.manifest.Digest;
import dev.floe.oci.Descriptor;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import dev.floe.oci.credentials.CredentialSource;
import dev.floe.oci.credentials.Credentials;
import dev.floe.oci.testing.Faults;
import dev.floe.oci.testing.FaultyProxy;
import dev.floe.oci.testing.FaultyProxy.Fault;
import dev.floe.oci.testing.FaultyProxy.Seen;
import dev.floe.oci.testing.Place;
import dev.floe.oci.testing.Refusals;
import dev.floe.oci.testing.Samples;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries and token services that want more than they should get, or never have enough. */
@Timeout(20)
class HostileSignInTest {

  private static final Descriptor BLOB = new Descriptor("x/y", Digest.sha256("hello"), 5);
  private static final String BASIC =
      "Basic "
          + Base64.getEncoder()
              .encodeToString(("ben:" + Refusals.PASSWORD).getBytes(StandardCharsets.UTF_8));

  private FaultyProxy registry;
  private FaultyProxy elsewhere;
  private Repository repository;

  @BeforeEach
  void open() {
    registry = FaultyProxy.alone();
    elsewhere = FaultyProxy.alone();
    HttpSettings settings = Place.SETTINGS.withIdleTimeout(Duration.ofMillis(500));
    CredentialSource ben = CredentialSource.of(new Credentials.Basic("ben", Refusals.PASSWORD));
    repository = new HttpRegistry(registry.host(), true, ben, settings).repository("dev/app");
  }

  @AfterEach
  void close() {
    registry.close();
    elsewhere.close();
  }

  private RegistryTrouble trouble() {
    return Refusals.troubleOf(() -> repository.hasBlob(BLOB));
  }

  private static String authorization(HttpExchange exchange) {
    return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "");
  }

  private static Fault under(String path, Fault fault) {
    return exchange ->
        exchange.getRequestURI().getPath().startsWith(path) && fault.answers(exchange);
  }

  private void wants(String challenge) {
    registry.with(
        under(
            "/v2/",
            exchange ->
                !authorization(exchange).startsWith("Bearer t")
                    && FaultyProxy.answer(
                        exchange, 401, Map.of("WWW-Authenticate", challenge), new byte[0])));
    registry.with(under("/v2/", status(200, "Content-Length", "5")));
  }

  private void wantsTokenOf(String realm) {
    wants("Bearer realm=\"" + realm + "\",service=\"reg\"");
  }

  private void tokenService(Fault behaviour) {
    wantsTokenOf("http://" + registry.host() + "/token");
    registry.with(under("/token", behaviour));
  }

  private static Fault saying(String body) {
    return Faults.serving("application/json", Samples.text(body));
  }

  @Test
  void a_token_service_that_sends_us_on_is_not_followed() {
    tokenService(status(307, "Location", "http://" + elsewhere.otherName() + "/token"));

    assertThat(trouble()).isEqualTo(RegistryTrouble.INVALID_RESPONSE);
    assertThat(elsewhere.seen()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "file:///etc/passwd, UNSAFE",
    "ftp://127.0.0.1/token, UNSAFE",
    "http://127.0.0.1:99999/token, UNSAFE",
    "http://169.254.7.7/token, UNSAFE",
    "/token, UNSAFE",
    "http://[, INVALID_RESPONSE",
    "'', INVALID_RESPONSE"
  })
  void a_realm_that_is_no_token_service_of_its_own_is_refused(String realm, RegistryTrouble why) {
    wantsTokenOf(realm);

    assertThat(trouble()).isEqualTo(why);
    assertThat(registry.seen()).extracting(Seen::authorization).containsExactly((String) null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "Bearer abc==", "bearer service=\"reg\"", "BEARER realm"})
  void a_challenge_without_a_realm_is_told_plainly(String challenge) {
    wants(challenge);

    assertThat(Refusals.of(() -> repository.hasBlob(BLOB)))
        .returns(RegistryTrouble.INVALID_RESPONSE, RegistryException::trouble)
        .hasMessageContaining("token service");
  }

  @Test
  void a_challenge_without_a_service_is_answered() {
    wants("bEARER realm=\"http://" + registry.host() + "/token\"");
    registry.with(under("/token", saying("{\"access_token\":\"t1\"}")));

    assertThat(repository.hasBlob(BLOB)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>sign in</html>",
        "",
        "{}",
        "[]",
        "{\"token\":5}",
        "{\"token\":\"\"}",
        "{\"token\":\"a b\"}",
        "{\"token\":\"a\\r\\nX-Evil: 1\"}",
        "{\"token\":\"t\\u0000\"}",
        "{\"token\":\"t1\",\"token\":\"t2\"}"
      })
  void an_answer_that_is_no_token_is_not_sent_on(String body) {
    tokenService(saying(body));

    assertThat(trouble()).isEqualTo(RegistryTrouble.INVALID_RESPONSE);
  }

  @Test
  void a_token_answer_that_is_a_json_bomb_is_refused() {
    tokenService(saying("[".repeat(500_000)));

    assertThat(trouble()).isEqualTo(RegistryTrouble.INVALID_RESPONSE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-5",
        "0",
        "999999999999",
        "\"300\"",
        "\"soon\"",
        "299.5",
        "1000000000000000000",
        "{}"
      })
  void a_token_with_an_odd_life_is_used_and_not_asked_for_again_and_again(String life) {
    tokenService(saying("{\"token\":\"t1\",\"expires_in\":" + life + "}"));

    assertThat(repository.hasBlob(BLOB)).isTrue();
    assertThat(registry.count("GET", "/token")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"429, RATE_LIMITED", "500, UNREACHABLE", "404, NOT_FOUND", "302, INVALID_RESPONSE"})
  void a_token_service_in_trouble_is_given_up(int status, RegistryTrouble why) {
    tokenService(status(status));

    assertThat(trouble()).isEqualTo(why);
    assertThat(registry.count("GET", "/token")).isLessThanOrEqualTo(3);
  }

  @Test
  void a_token_service_that_never_answers_is_given_up() {
    tokenService(Faults.hanging());

    assertThat(trouble()).isEqualTo(RegistryTrouble.UNREACHABLE);
  }

  @Test
  void a_401_storm_with_ever_new_realms_ends_after_one_token() {
    AtomicInteger count = new AtomicInteger();
    registry.with(under("/token", saying("{\"token\":\"t1\"}")));
    registry.with(
        exchange ->
            status(
                    401,
                    "WWW-Authenticate",
                    "Bearer realm=\"http://%s/token/%d\""
                        .formatted(registry.host(), count.incrementAndGet()))
                .answers(exchange));

    assertThat(trouble()).isEqualTo(RegistryTrouble.UNAUTHORIZED);
    assertThat(registry.seen()).hasSize(3);
  }

  @Test
  void a_401_without_any_challenge_is_told_at_once() {
    registry.with(status(401));

    assertThat(trouble()).isEqualTo(RegistryTrouble.UNAUTHORIZED);
    assertThat(registry.seen()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b,", "a,", "a=b,", "\"", "a b ", "=,"})
  void a_challenge_with_far_too_many_parts_is_told(String unit) {
    registry.with(status(401, "WWW-Authenticate", unit.repeat(15_000 / unit.length())));

    assertThat(trouble()).isIn(RegistryTrouble.UNAUTHORIZED, RegistryTrouble.UNREACHABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b,", "a,", "a=b,", "\"", "a b ", "=,"})
  @Timeout(5)
  void a_challenge_longer_than_any_sensible_one_is_told_quickly(String unit) {
    registry.with(status(401, "WWW-Authenticate", unit.repeat(300 * 1024 / unit.length())));

    assertThat(Refusals.of(() -> repository.manifest("v1")))
        .returns(RegistryTrouble.UNREACHABLE, RegistryException::trouble)
        .hasMessageContaining("the head of its answer is longer than any sensible one");
  }

  @Test
  void a_registry_that_repeats_our_secret_does_not_bring_it_into_a_message() {
    registry.with(
        exchange -> {
          if (authorization(exchange).isEmpty()) {
            return status(401, "WWW-Authenticate", "Basic realm=\"x\"").answers(exchange);
          }
          String said = authorization(exchange) + " that is ben:" + Refusals.PASSWORD;
          byte[] body =
              Samples.text("{\"errors\":[{\"code\":\"DENIED\",\"message\":\"" + said + "\"}]}");
          return FaultyProxy.answer(exchange, 403, Map.of(), body);
        });

    RegistryException failure = Refusals.of(() -> repository.manifest("v1"));

    assertThat(failure.trouble()).isEqualTo(RegistryTrouble.UNAUTHORIZED);
    assertThat(failure).hasMessageContaining("DENIED");
    assertThat(failure.getMessage()).doesNotContain(BASIC.substring("Basic ".length()));
  }

  @Test
  void a_registry_that_repeats_our_token_does_not_bring_it_into_a_message() {
    registry.with(under("/token", saying("{\"token\":\"t-secret-77\"}")));
    registry.with(
        exchange -> {
          if (authorization(exchange).isEmpty()) {
            String realm = "Bearer realm=\"http://" + registry.host() + "/token\"";
            return status(401, "WWW-Authenticate", realm).answers(exchange);
          }
          byte[] body = Samples.text("{\"errors\":[{\"message\":\"bad t-secret-77\"}]}");
          return FaultyProxy.answer(exchange, 400, Map.of(), body);
        });

    assertThat(Refusals.of(() -> repository.manifest("v1")).getMessage())
        .doesNotContain("t-secret-77");
  }

  @Test
  void a_cookie_is_never_sent_back() {
    registry.with(on("HEAD", status(200, "Set-Cookie", "session=1; Path=/")));

    repository.hasBlob(BLOB);
    repository.hasBlob(BLOB);

    assertThat(registry.cookies()).isEmpty();
  }
}
