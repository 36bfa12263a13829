package dev.floe.oci.http;

import static dev.floe.oci.testing.Faults.on;
import static dev.floe.oci.testing.Faults.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.manifest.Digest;
import dev.floe.oci.BlobSource;
import dev.floe.oci.Descriptor;
import dev.floe.oci.RawManifest;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import dev.floe.oci.credentials.CredentialSource;
import dev.floe.oci.credentials.Credentials;
import dev.floe.oci.testing.FaultyProxy;
import dev.floe.oci.testing.FaultyProxy.Fault;
import dev.floe.oci.testing.FaultyProxy.Seen;
import dev.floe.oci.testing.Place;
import dev.floe.oci.testing.Refusals;
import dev.floe.oci.testing.Samples;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries that send us elsewhere, with our credentials in hand or our bytes. */
@Timeout(20)
class HostileRedirectsTest {

  private static final byte[] CONTENT = Samples.noise("content", 5_000);
  private static final Descriptor BLOB =
      new Descriptor("application/octet-stream", Digest.sha256(CONTENT), CONTENT.length);
  private static final RawManifest MANIFEST =
      RawManifest.of(Samples.text("{\"layers\":[]}"), "application/vnd.oci.image.manifest.v1+json");

  private FaultyProxy registry;
  private FaultyProxy elsewhere;
  private Repository repository;

  /** Whoever asks the registry has to sign in first, so that there is something to lose. */
  @BeforeEach
  void open() {
    registry = FaultyProxy.alone();
    elsewhere = FaultyProxy.alone();
    CredentialSource ben = CredentialSource.of(new Credentials.Basic("ben", Refusals.PASSWORD));
    repository = new HttpRegistry(registry.host(), true, ben, Place.SETTINGS).repository("dev/app");
    registry.with(
        exchange ->
            exchange.getRequestHeaders().getFirst("Authorization") == null
                && status(401, "WWW-Authenticate", "Basic realm=\"x\"").answers(exchange));
  }

  @AfterEach
  void close() {
    assertThat(elsewhere.seen()).allMatch(each -> each.authorization() == null);
    assertThat(elsewhere.cookies()).isEmpty();
    registry.close();
    elsewhere.close();
  }

  private byte[] readBlob() throws IOException {
    try (var in = repository.blob(BLOB)) {
      return in.readAllBytes();
    }
  }

  private String there(String path) {
    return "http://" + elsewhere.otherName() + path;
  }

  private static Fault sendingTo(String location) {
    return status(307, "Location", location);
  }

  private static Fault serving(byte[] bytes) {
    return exchange -> FaultyProxy.answer(exchange, 200, Map.of(), bytes);
  }

  @Test
  void between_two_hosts_without_end_are_given_up() {
    registry.with(sendingTo(there("/a")));
    elsewhere.with(sendingTo("http://" + registry.host() + "/v2/b"));

    assertThat(Refusals.troubleOf(this::readBlob)).isEqualTo(RegistryTrouble.INVALID_RESPONSE);
    assertThat(registry.seen().size() + elsewhere.seen().size()).isLessThanOrEqualTo(8);
  }

  @Test
  void to_ever_new_addresses_are_given_up() {
    registry.with(
        exchange -> sendingTo(exchange.getRequestURI().getPath() + "/more").answers(exchange));

    assertThat(Refusals.troubleOf(this::readBlob)).isEqualTo(RegistryTrouble.INVALID_RESPONSE);
    assertThat(registry.seen()).hasSizeLessThanOrEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource({
    "http://169.254.7.7/x, UNSAFE",
    "http://[fe80::1]/x, UNSAFE",
    "http://[::ffff:169.254.7.7]/x, UNSAFE",
    "http://0.0.0.0/x, UNSAFE",
    "http://224.0.0.1/x, UNSAFE",
    "http://127.0.0.1:99999/x, INVALID_RESPONSE",
    "http://127.0.0.1:0/x, INVALID_RESPONSE",
    "http:///x, INVALID_RESPONSE",
    "http:x, INVALID_RESPONSE",
    "javascript:x, INVALID_RESPONSE",
    "' ', INVALID_RESPONSE",
    "http://a b/, INVALID_RESPONSE"
  })
  void to_where_no_registry_keeps_anything_are_refused(String location, RegistryTrouble why) {
    registry.with(sendingTo(location));

    assertThat(Refusals.troubleOf(this::readBlob)).isEqualTo(why);
    assertThat(Refusals.troubleOf(() -> repository.manifest("v1"))).isEqualTo(why);
    assertThat(Refusals.troubleOf(() -> repository.hasBlob(BLOB))).isEqualTo(why);
  }

  @Test
  void without_an_address_are_refused() {
    registry.with(status(307));

    assertThat(Refusals.troubleOf(this::readBlob)).isEqualTo(RegistryTrouble.INVALID_RESPONSE);
  }

  @Test
  void with_the_registrys_name_as_a_user_are_to_another_host() throws IOException {
    registry.with(
        sendingTo("http://" + registry.host() + "@" + elsewhere.otherName() + "/storage"));
    elsewhere.with(serving(CONTENT));

    assertThat(readBlob()).isEqualTo(CONTENT);
    assertThat(elsewhere.seen()).containsExactly(new Seen("GET", "/storage", null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic realm=\"x\"", "Bearer realm=\"http://%s/token\""})
  void to_a_storage_that_asks_for_credentials_find_none(String challenge) {
    registry.with(sendingTo(there("/storage")));
    String asked = challenge.formatted(registry.host());
    elsewhere.with(status(401, "WWW-Authenticate", asked));

    assertThat(Refusals.troubleOf(this::readBlob)).isEqualTo(RegistryTrouble.UNAUTHORIZED);
    assertThat(elsewhere.seen()).hasSize(1);
    assertThat(registry.count("GET", "/token")).isZero();
  }

  @Test
  void to_a_storage_with_other_bytes_are_found_out() {
    registry.with(sendingTo(there("/storage")));
    elsewhere.with(serving(Samples.noise("other", CONTENT.length)));

    assertThat(Refusals.troubleOf(this::readBlob)).isEqualTo(RegistryTrouble.DIGEST_MISMATCH);
  }

  @Test
  void of_what_we_store_are_not_followed() {
    registry.with(on("PUT", sendingTo(there("/v2/dev/app/manifests/v1"))));

    Callable<?> put =
        () -> {
          repository.putManifest(MANIFEST);
          return "stored";
        };
    assertThat(Refusals.troubleOf(put)).isEqualTo(RegistryTrouble.INVALID_RESPONSE);
    assertThat(elsewhere.seen()).isEmpty();
  }

  @Test
  void of_where_uploads_begin_are_not_followed() {
    registry.with(on("POST", sendingTo(there("/uploads"))));

    assertThat(Refusals.troubleOfRun(() -> repository.putBlob(BLOB, BlobSource.of(CONTENT))))
        .isEqualTo(RegistryTrouble.INVALID_RESPONSE);
    assertThat(elsewhere.seen()).isEmpty();
  }

  @Test
  void of_the_bytes_of_an_upload_are_not_followed() {
    registry.with(on("POST", status(202, "Location", "/session?a=1")));
    registry.with(on("PUT", sendingTo(there("/uploads"))));

    assertThat(Refusals.troubleOfRun(() -> repository.putBlob(BLOB, BlobSource.of(CONTENT))))
        .isEqualTo(RegistryTrouble.INVALID_RESPONSE);
    assertThat(elsewhere.seen()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://169.254.7.7/upload, UNSAFE",
    "http://127.0.0.1:99999/upload, INVALID_RESPONSE",
    "file:///tmp/upload, INVALID_RESPONSE",
    "'', INVALID_RESPONSE"
  })
  void of_an_upload_session_to_no_sensible_place_are_refused(String to, RegistryTrouble why) {
    registry.with(on("POST", to.isEmpty() ? status(202) : status(202, "Location", to)));

    assertThat(Refusals.troubleOfRun(() -> repository.putBlob(BLOB, BlobSource.of(CONTENT))))
        .isEqualTo(why);
  }

  @Test
  void of_a_deletion_are_not_followed() {
    registry.with(on("DELETE", sendingTo(there("/v2/dev/app/manifests/v1"))));

    assertThat(Refusals.troubleOf(() -> repository.registry().deleteTag("dev/app", "v1")))
        .isEqualTo(RegistryTrouble.INVALID_RESPONSE);
    assertThat(elsewhere.seen()).isEmpty();
  }
}
