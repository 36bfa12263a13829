package dev.floe.oci.http;

import static dev.floe.oci.testing.Faults.on;
import static dev.floe.oci.testing.Faults.serving;
import static dev.floe.oci.testing.Faults.status;
import static dev.floe.oci.testing.Faults.times;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import dev.floe.oci.BlobSource;
import dev.floe.oci.Descriptor;
import dev.floe.oci.MediaTypes;
import dev.floe.oci.RawManifest;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import dev.floe.oci.testing.FaultyProxy;
import dev.floe.oci.testing.Place;
import dev.floe.oci.testing.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry that lies about manifests and lists, or has troubles of its own. */
class TroubleTest {

  private static final byte[] CONTENT = Samples.noise("content", 100_000);
  private static final Descriptor BLOB =
      new Descriptor("application/octet-stream", Digest.sha256(CONTENT), CONTENT.length);

  @TempDir static Path folder;
  private static Place.Open place;
  private FaultyProxy proxy;
  private Repository repository;
  private static RawManifest manifest;

  @BeforeAll
  static void start() {
    place = Place.EMBEDDED.open(folder);
    Repository direct = Place.client(place.host()).repository("dev/app");
    direct.putBlob(BLOB, BlobSource.of(CONTENT));
    manifest = Samples.put(direct, Samples.image(direct, "app", false));
    direct.tag("v1", manifest);
  }

  @AfterAll
  static void stop() {
    place.close();
  }

  @BeforeEach
  void open() {
    proxy = FaultyProxy.before(place.host());
    repository = Place.client(proxy.host()).repository("dev/app");
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  private RegistryException failureOf(Runnable work) {
    try {
      work.run();
    } catch (RegistryException e) {
      assertThat(e.getMessage()).startsWith("tried to ").contains(" at " + proxy.host() + " but ");
      return e;
    }
    throw new AssertionError("nothing failed");
  }

  private RegistryTrouble troubleOf(Runnable work) {
    return failureOf(work).trouble();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504, 429, 408})
  void that_passes_is_not_noticed(int status) {
    proxy.with(times(2, status(status)));

    assertThat(repository.manifest("v1")).isEqualTo(manifest);
    assertThat(proxy.seen()).hasSize(3);
  }

  @Test
  void that_stays_is_reported_after_the_attempts_allowed() {
    proxy.with(status(500));

    assertThat(troubleOf(() -> repository.manifest("v1"))).isEqualTo(RegistryTrouble.UNREACHABLE);
    assertThat(proxy.seen()).hasSize(3);
  }

  @Test
  void waits_as_long_as_retry_after_says() {
    proxy.with(times(1, status(429, "Retry-After", "1")));
    long before = System.nanoTime();

    assertThat(repository.manifest("v1")).isEqualTo(manifest);

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(990));
  }

  @Test
  void does_not_wait_longer_than_is_sensible() {
    proxy.with(status(429, "Retry-After", "3600"));

    RegistryException failure = failureOf(() -> repository.manifest("v1"));

    assertThat(failure.trouble()).isEqualTo(RegistryTrouble.RATE_LIMITED);
    assertThat(failure).hasMessageContaining("3600");
    assertThat(proxy.seen()).hasSize(1);
  }

  @Test
  void is_not_retried_where_that_cannot_help() {
    proxy.with(status(403));

    assertThat(troubleOf(() -> repository.manifest("v1"))).isEqualTo(RegistryTrouble.UNAUTHORIZED);
    assertThat(proxy.seen()).hasSize(1);
  }

  @Test
  void is_told_in_the_registrys_own_words_on_one_line() {
    byte[] body = Samples.text("{\"errors\":[{\"code\":\"DENIED\",\"message\":\"no\\nway\"}]}");
    proxy.with(exchange -> FaultyProxy.answer(exchange, 405, Map.of(), body));

    assertThat(failureOf(() -> repository.manifest("v1")))
        .hasMessage(
            "tried to read manifest dev/app:v1 at %s but it answered 405 (DENIED: no way)"
                .formatted(proxy.host()));
  }

  @Test
  void of_a_host_that_is_not_there_is_told_plainly() {
    proxy.close();

    assertThat(failureOf(() -> repository.manifest("v1")))
        .hasMessageContaining("nobody answers there")
        .returns(RegistryTrouble.UNREACHABLE, RegistryException::trouble);
  }

  @Test
  void is_no_trouble_when_something_is_not_there() {
    assertThat(repository.head("v9")).isEmpty();
    assertThat(Place.client(proxy.host()).repository("none/such").tags()).isEmpty();
    assertThat(troubleOf(() -> repository.manifest("v9"))).isEqualTo(RegistryTrouble.NOT_FOUND);
  }

  @Test
  @Requirement("337.3")
  void of_wrong_bytes_in_a_manifest_is_a_mismatch() {
    proxy.with(serving(MediaTypes.OCI_MANIFEST, Samples.text("{\"layers\":[]}")));

    assertThat(troubleOf(() -> repository.manifest(manifest.digest())))
        .isEqualTo(RegistryTrouble.DIGEST_MISMATCH);
  }

  @Test
  @Requirement("337.3")
  void of_a_digest_header_that_does_not_fit_is_a_mismatch() {
    String other = Digest.sha256("other").toString();
    proxy.with(
        exchange -> {
          FaultyProxy.Passed passed = proxy.forward(exchange);
          Map<String, String> headers = new HashMap<>(passed.headers());
          headers.keySet().removeIf("Docker-Content-Digest"::equalsIgnoreCase);
          headers.put("Docker-Content-Digest", other);
          return FaultyProxy.answer(exchange, passed.status(), headers, passed.body());
        });

    assertThat(troubleOf(() -> repository.manifest("v1")))
        .isEqualTo(RegistryTrouble.DIGEST_MISMATCH);
    assertThat(troubleOf(() -> repository.head(manifest.digest())))
        .isEqualTo(RegistryTrouble.DIGEST_MISMATCH);
  }

  @Test
  void of_a_digest_header_that_is_none_is_told() {
    proxy.with(status(200, "Docker-Content-Digest", "sha256:zz"));

    assertThat(troubleOf(() -> repository.head("v1"))).isEqualTo(RegistryTrouble.INVALID_RESPONSE);
  }

  @Test
  void of_a_head_without_a_digest_is_mended_by_reading() {
    proxy.with(on("HEAD", status(200, "Content-Type", MediaTypes.OCI_MANIFEST)));

    assertThat(repository.head("v1")).contains(manifest.descriptor());
  }

  @Test
  void of_a_type_that_says_nothing_is_mended_from_the_content() {
    proxy.with(serving("text/plain; charset=utf-8", manifest.bytes()));

    assertThat(repository.manifest("v1").mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
  }

  @Test
  void of_a_manifest_without_end_is_cut_short() {
    byte[] huge = new byte[RawManifest.MAX_BYTES + 100_000];
    proxy.with(serving(MediaTypes.OCI_MANIFEST, huge));

    assertThat(troubleOf(() -> repository.manifest("v1")))
        .isEqualTo(RegistryTrouble.INVALID_RESPONSE);
  }

  @Test
  void of_a_manifest_that_breaks_off_is_retried() {
    proxy.with(
        times(
            1,
            exchange -> {
              FaultyProxy.Passed passed = proxy.forward(exchange);
              byte[] body = passed.body();
              return FaultyProxy.cut(exchange, 200, passed.headers(), body, body.length / 2);
            }));

    assertThat(repository.manifest("v1")).isEqualTo(manifest);
  }

  @Test
  void of_a_stored_manifest_with_another_digest_is_a_mismatch() {
    String other = Digest.sha256("other").toString();
    proxy.with(on("PUT", status(201, "Docker-Content-Digest", other)));

    assertThat(troubleOf(() -> repository.putManifest(manifest)))
        .isEqualTo(RegistryTrouble.DIGEST_MISMATCH);
  }

  @Test
  void of_redirects_in_circles_ends() {
    proxy.with(status(307, "Location", "/v2/again"));

    assertThat(troubleOf(() -> repository.manifest("v1")))
        .isEqualTo(RegistryTrouble.INVALID_RESPONSE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://x/y", "file:///etc/passwd", "http://", ":", "jar:file:/x!/"})
  void of_redirects_to_what_is_no_web_address_is_told(String location) {
    proxy.with(status(302, "Location", location));

    assertThat(troubleOf(() -> repository.manifest("v1")))
        .isEqualTo(RegistryTrouble.INVALID_RESPONSE);
  }

  @Test
  void of_a_list_that_goes_on_at_another_host_is_not_followed() {
    String link = "<http://localhost:1/v2/next>; rel=\"next\"";
    proxy.with(
        exchange ->
            FaultyProxy.answer(
                exchange, 200, Map.of("Link", link), Samples.text("{\"tags\":[\"a\"]}")));

    assertThat(troubleOf(repository::tags)).isEqualTo(RegistryTrouble.INVALID_RESPONSE);
  }

  @Test
  void of_a_list_that_never_ends_ends() {
    String link = "</v2/dev/app/tags/list?last=a>; rel=\"next\"";
    proxy.with(
        exchange ->
            FaultyProxy.answer(
                exchange, 200, Map.of("Link", link), Samples.text("{\"tags\":[\"a\"]}")));

    assertThat(troubleOf(repository::tags)).isEqualTo(RegistryTrouble.INVALID_RESPONSE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "{\"tags\":5}", "[]["})
  void of_a_list_that_is_none_is_told(String body) {
    proxy.with(serving("application/json", Samples.text(body)));

    assertThat(troubleOf(repository::tags)).isEqualTo(RegistryTrouble.INVALID_RESPONSE);
  }
}
