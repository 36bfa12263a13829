package dev.floe.oci.http;

import static dev.floe.oci.testing.Faults.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.sun.net.httpserver.HttpExchange;
import dev.floe.embedded.oci.OciRegistry;
import dev.floe.embedded.oci.OciRegistryServer;
import dev.floe.embedded.oci.WritePolicy;
import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import dev.floe.oci.BlobSource;
import dev.floe.oci.Descriptor;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import dev.floe.oci.credentials.CredentialSource;
import dev.floe.oci.credentials.Credentials;
import dev.floe.oci.testing.FaultyProxy;
import dev.floe.oci.testing.FaultyProxy.Seen;
import dev.floe.oci.testing.Place;
import dev.floe.oci.testing.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInTest {

  private static final byte[] CONTENT = Samples.noise("content", 5_000);
  private static final Descriptor BLOB =
      new Descriptor("application/octet-stream", Digest.sha256(CONTENT), CONTENT.length);
  private static final Credentials BEN = new Credentials.Basic("ben", "hush");
  private static final String BASIC = "Basic " + base64("ben:hush");

  @TempDir static Path folder;
  private static Place.Open place;
  private FaultyProxy registry;
  private FaultyProxy elsewhere;

  @BeforeAll
  static void start() {
    place = Place.EMBEDDED.open(folder);
    Place.client(place.host()).repository("dev/app").putBlob(BLOB, BlobSource.of(CONTENT));
  }

  @AfterAll
  static void stop() {
    place.close();
  }

  @BeforeEach
  void open() {
    registry = FaultyProxy.before(place.host());
    elsewhere = FaultyProxy.alone();
  }

  @AfterEach
  void close() {
    registry.close();
    elsewhere.close();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Repository as(Credentials credentials, String host) {
    return as(credentials, host, Place.SETTINGS);
  }

  private static Repository as(Credentials credentials, String host, HttpSettings settings) {
    return new HttpRegistry(host, true, CredentialSource.of(credentials), settings)
        .repository("dev/app");
  }

  private static String authorization(HttpExchange exchange) {
    return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "");
  }

  private static boolean challenge(HttpExchange exchange, String challenge) throws IOException {
    return FaultyProxy.answer(exchange, 401, Map.of("WWW-Authenticate", challenge), new byte[0]);
  }

  /** Demands a bearer token, whose service is at that address. */
  private void wantsBearer(String realm, Set<String> good) {
    registry.with(
        exchange ->
            exchange.getRequestURI().getPath().startsWith("/v2/")
                && !good.contains(authorization(exchange))
                && challenge(exchange, "Bearer realm=\"" + realm + "\",service=\"reg\""));
  }

  private static void givesTokens(FaultyProxy service, String... tokens) {
    AtomicInteger given = new AtomicInteger();
    service.with(
        exchange -> {
          if (!exchange.getRequestURI().getPath().equals("/token")) {
            return false;
          }
          String token = tokens[Math.min(given.getAndIncrement(), tokens.length - 1)];
          byte[] answer = Samples.text("{\"token\":\"" + token + "\",\"expires_in\":300}");
          return FaultyProxy.answer(exchange, 200, Map.of(), answer);
        });
  }

  private static List<Seen> tokenRequests(FaultyProxy service) {
    return service.seen().stream().filter(each -> each.path().startsWith("/token")).toList();
  }

  private static RegistryTrouble troubleOf(Runnable work) {
    try {
      work.run();
    } catch (RegistryException e) {
      assertThat(e).hasMessageNotContaining("hush");
      return e.trouble();
    }
    throw new AssertionError("nothing failed");
  }

  @Test
  void gets_a_token_with_the_password_and_shows_the_registry_only_the_token() {
    wantsBearer("http://" + registry.host() + "/token", Set.of("Bearer t1"));
    givesTokens(registry, "t1");
    Repository repository = as(BEN, registry.host());

    assertThat(repository.hasBlob(BLOB)).isTrue();
    assertThat(repository.hasBlob(BLOB)).isTrue();

    assertThat(tokenRequests(registry))
        .containsExactly(
            new Seen("GET", "/token?service=reg&scope=repository%3Adev%2Fapp%3Apull", BASIC));
    assertThat(registry.seen())
        .filteredOn(each -> each.path().startsWith("/v2/"))
        .extracting(Seen::authorization)
        .containsExactly(null, "Bearer t1", "Bearer t1");
  }

  @Test
  void asks_for_the_right_to_push_before_it_sends() {
    wantsBearer("http://" + registry.host() + "/token", Set.of("Bearer t1"));
    givesTokens(registry, "t1");
    byte[] other = Samples.noise("other", 100);
    Descriptor blob = new Descriptor("x/y", Digest.sha256(other), other.length);

    as(BEN, registry.host()).putBlob(blob, BlobSource.of(other));

    assertThat(tokenRequests(registry).getFirst().path()).contains("%3Apull%2Cpush");
    assertThat(as(new Credentials.Anonymous(), place.host()).hasBlob(blob)).isTrue();
  }

  @Test
  void gets_a_new_token_when_the_old_one_is_refused() {
    wantsBearer("http://" + registry.host() + "/token", Set.of("Bearer t2"));
    givesTokens(registry, "t1", "t2");
    Repository repository = as(BEN, registry.host());
    assertThat(troubleOf(() -> repository.hasBlob(BLOB))).isEqualTo(RegistryTrouble.UNAUTHORIZED);

    assertThat(repository.hasBlob(BLOB)).isTrue();

    assertThat(tokenRequests(registry)).hasSize(2);
  }

  @Test
  void gets_a_new_token_in_the_middle_of_an_upload() {
    Set<String> good = new CopyOnWriteArraySet<>(Set.of("Bearer t1"));
    wantsBearer("http://" + registry.host() + "/token", good);
    givesTokens(registry, "t1", "t2");
    registry.with(
        exchange -> {
          if (exchange.getRequestMethod().equals("POST")) {
            good.remove("Bearer t1");
            good.add("Bearer t2");
          }
          return false;
        });
    byte[] other = Samples.noise("other", 200_000);
    Descriptor blob = new Descriptor("x/y", Digest.sha256(other), other.length);

    as(BEN, registry.host()).putBlob(blob, BlobSource.of(other));

    assertThat(Place.client(place.host()).repository("dev/app").hasBlob(blob)).isTrue();
  }

  @Test
  void answers_a_challenge_to_a_blob_on_its_way_and_sends_it_again() {
    givesTokens(registry, "t1");
    String challenge = "Bearer realm=\"http://" + registry.host() + "/token\",service=\"reg\"";
    registry.with(
        exchange ->
            exchange.getRequestMethod().equals("PUT")
                && !authorization(exchange).equals("Bearer t1")
                && challenge(exchange, challenge));
    byte[] much = Samples.noise("much", 20_000_000);
    Descriptor blob = new Descriptor("x/y", Digest.sha256(much), much.length);

    as(BEN, registry.host()).putBlob(blob, BlobSource.of(much));

    assertThat(registry.seen())
        .filteredOn(each -> each.method().equals("PUT"))
        .extracting(Seen::authorization)
        .containsExactly(null, "Bearer t1");
    assertThat(Place.client(place.host()).repository("dev/app").hasBlob(blob)).isTrue();
  }

  @Test
  void never_shows_a_password_to_a_token_service_of_another_host() {
    wantsBearer("http://" + elsewhere.otherName() + "/token", Set.of());
    givesTokens(elsewhere, "t1");

    assertThat(troubleOf(() -> as(BEN, registry.host()).hasBlob(BLOB)))
        .isEqualTo(RegistryTrouble.UNSAFE);

    assertThat(elsewhere.seen()).isEmpty();
  }

  @Test
  void never_shows_a_password_to_a_token_service_on_another_port() {
    wantsBearer("http://" + elsewhere.host() + "/token", Set.of());
    givesTokens(elsewhere, "t1");

    assertThatThrownBy(() -> as(BEN, registry.host()).hasBlob(BLOB))
        .asInstanceOf(type(RegistryException.class))
        .returns(RegistryTrouble.UNSAFE, RegistryException::trouble)
        .extracting(Throwable::getMessage)
        .asString()
        .contains("trusted_hosts");

    assertThat(elsewhere.seen()).isEmpty();
  }

  @Test
  void asks_any_token_service_where_there_is_no_secret_to_show() {
    wantsBearer("http://" + elsewhere.host() + "/token", Set.of("Bearer t1"));
    givesTokens(elsewhere, "t1");

    assertThat(as(new Credentials.Anonymous(), registry.host()).hasBlob(BLOB)).isTrue();
  }

  @Test
  @Requirement("337.7")
  void asks_anew_what_a_registry_wants_that_once_wanted_what_cannot_be() {
    registry.with(
        times(1, exchange -> challenge(exchange, "Bearer realm=\"http://127.0.0.1:1/token\"")));
    wantsBearer("http://" + registry.host() + "/token", Set.of("Bearer t1"));
    givesTokens(registry, "t1");
    Repository repository = as(BEN, registry.host());
    assertThat(troubleOf(() -> repository.hasBlob(BLOB))).isEqualTo(RegistryTrouble.UNSAFE);

    assertThat(repository.hasBlob(BLOB)).isTrue();
  }

  @Test
  void shows_it_to_one_that_is_trusted_by_name() {
    wantsBearer("http://" + elsewhere.otherName() + "/token", Set.of("Bearer t1"));
    givesTokens(elsewhere, "t1");
    HttpSettings trusting = Place.SETTINGS.withTrustedHosts(Set.of(elsewhere.otherName()));

    assertThat(as(BEN, registry.host(), trusting).hasBlob(BLOB)).isTrue();
  }

  @Test
  void sends_basic_only_when_it_is_asked_for() {
    registry.with(
        exchange ->
            !authorization(exchange).equals(BASIC) && challenge(exchange, "Basic realm=\"x\""));
    Repository repository = as(BEN, registry.host());

    assertThat(repository.hasBlob(BLOB)).isTrue();

    assertThat(registry.seen()).extracting(Seen::authorization).containsExactly(null, BASIC);
  }

  @Test
  void prefers_bearer_where_both_are_offered_with_others_before() {
    registry.with(
        exchange ->
            exchange.getRequestURI().getPath().startsWith("/v2/")
                && !authorization(exchange).equals("Bearer t1")
                && challenge(
                    exchange,
                    "Custom x=y, Basic realm=\"x\", Bearer realm=\"http://%s/token\""
                        .formatted(registry.host())));
    givesTokens(registry, "t1");

    assertThat(as(BEN, registry.host()).hasBlob(BLOB)).isTrue();
  }

  @Test
  void that_is_refused_ends_after_one_more_attempt() {
    registry.with(exchange -> challenge(exchange, "Basic realm=\"x\""));

    assertThat(troubleOf(() -> as(BEN, registry.host()).hasBlob(BLOB)))
        .isEqualTo(RegistryTrouble.UNAUTHORIZED);

    assertThat(registry.seen()).hasSize(2);
  }

  @Test
  void is_impossible_where_no_way_is_offered_that_we_know() {
    registry.with(exchange -> challenge(exchange, "Negotiate"));

    assertThat(troubleOf(() -> as(BEN, registry.host()).hasBlob(BLOB)))
        .isEqualTo(RegistryTrouble.UNAUTHORIZED);

    assertThat(registry.seen()).extracting(Seen::authorization).containsExactly((String) null);
  }

  @Test
  void says_that_the_credentials_were_refused_when_the_token_service_does() {
    wantsBearer("http://" + registry.host() + "/token", Set.of());
    registry.with(
        exchange ->
            exchange.getRequestURI().getPath().equals("/token")
                && FaultyProxy.answer(exchange, 403, Map.of(), new byte[0]));

    assertThatThrownBy(() -> as(BEN, registry.host()).hasBlob(BLOB))
        .asInstanceOf(type(RegistryException.class))
        .returns(RegistryTrouble.UNAUTHORIZED, RegistryException::trouble)
        .extracting(Throwable::getMessage)
        .asString()
        .contains("credentials for " + registry.host() + " were refused")
        .doesNotContain("hush");
  }

  @Test
  void takes_no_answer_for_a_token_that_is_none() {
    wantsBearer("http://" + registry.host() + "/token", Set.of());
    givesTokens(registry, "with\\nnewline");

    assertThat(troubleOf(() -> as(BEN, registry.host()).hasBlob(BLOB)))
        .isEqualTo(RegistryTrouble.INVALID_RESPONSE);
  }

  @Test
  void keeps_tokens_apart_by_credentials() {
    wantsBearer("http://" + registry.host() + "/token", Set.of("Bearer t1", "Bearer t2"));
    givesTokens(registry, "t1", "t2");
    as(BEN, registry.host()).hasBlob(BLOB);
    registry.forget();

    as(new Credentials.Anonymous(), registry.host()).hasBlob(BLOB);

    assertThat(tokenRequests(registry))
        .extracting(Seen::authorization)
        .containsExactly((String) null);
    assertThat(registry.seen().getLast().authorization()).isEqualTo("Bearer t2");
  }

  @Test
  void exchanges_an_identity_token_in_a_body_not_in_an_address() {
    wantsBearer("http://" + registry.host() + "/token", Set.of("Bearer t1"));
    givesTokens(registry, "t1");

    assertThat(as(new Credentials.IdentityToken("hush"), registry.host()).hasBlob(BLOB)).isTrue();

    assertThat(tokenRequests(registry)).containsExactly(new Seen("POST", "/token", null));
  }

  @Test
  void goes_no_further_than_the_registry_when_that_redirects() throws IOException {
    registry.with(
        exchange ->
            !authorization(exchange).equals(BASIC) && challenge(exchange, "Basic realm=\"x\""));
    registry.with(
        exchange ->
            FaultyProxy.answer(
                exchange,
                307,
                Map.of("Location", "http://" + elsewhere.otherName() + "/storage?signed=1"),
                new byte[0]));
    elsewhere.with(exchange -> FaultyProxy.answer(exchange, 200, Map.of(), CONTENT));

    try (var blob = as(BEN, registry.host()).blob(BLOB)) {
      assertThat(blob.readAllBytes()).isEqualTo(CONTENT);
    }

    assertThat(elsewhere.seen()).containsExactly(new Seen("GET", "/storage?signed=1", null));
  }

  @Test
  void goes_no_further_when_uploads_go_elsewhere() {
    registry.with(
        exchange ->
            !authorization(exchange).equals(BASIC) && challenge(exchange, "Basic realm=\"x\""));
    String session = "http://" + elsewhere.otherName() + "/session?state=a%2Bb";
    registry.with(
        exchange ->
            exchange.getRequestMethod().equals("POST")
                && FaultyProxy.answer(exchange, 202, Map.of("Location", session), new byte[0]));
    elsewhere.with(exchange -> FaultyProxy.answer(exchange, 201, Map.of(), new byte[0]));

    as(BEN, registry.host()).putBlob(BLOB, BlobSource.of(CONTENT));

    assertThat(elsewhere.seen())
        .containsExactly(new Seen("PUT", "/session?state=a%2Bb&digest=" + BLOB.digest(), null));
  }

  @Test
  void lets_a_floe_token_stand_as_the_password() throws IOException {
    OciRegistry guarded = new OciRegistry(folder.resolve("g"), WritePolicy.password("hush"));
    try (OciRegistryServer server = OciRegistryServer.start(guarded, 0)) {
      as(new Credentials.Token("hush"), server.host()).putBlob(BLOB, BlobSource.of(CONTENT));

      assertThat(as(new Credentials.Anonymous(), server.host()).hasBlob(BLOB)).isTrue();
      Repository wrong = as(new Credentials.Token("wrong"), server.host());
      assertThat(troubleOf(() -> wrong.putBlob(BLOB, BlobSource.of(CONTENT))))
          .isEqualTo(RegistryTrouble.UNAUTHORIZED);
    }
  }
}
