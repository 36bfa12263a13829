package dev.floe.oci.http;

import static dev.floe.oci.testing.Faults.hanging;
import static dev.floe.oci.testing.Faults.on;
import static dev.floe.oci.testing.Faults.status;
import static dev.floe.oci.testing.Faults.times;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.manifest.Digest;
import dev.floe.oci.BlobSource;
import dev.floe.oci.Descriptor;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import dev.floe.oci.credentials.CredentialSource;
import dev.floe.oci.testing.FaultyProxy;
import dev.floe.oci.testing.Place;
import dev.floe.oci.testing.Refusals;
import dev.floe.oci.testing.Samples;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries that will not take a blob, or not say so. */
@Timeout(20)
class HostileUploadsTest {

  @TempDir static Path folder;
  private static Place.Open place;
  private FaultyProxy proxy;
  private Repository repository;

  @BeforeAll
  static void start() {
    place = Place.EMBEDDED.open(folder);
  }

  @AfterAll
  static void stop() {
    place.close();
  }

  @BeforeEach
  void open() {
    proxy = FaultyProxy.before(place.host());
    HttpSettings settings = Place.SETTINGS.withIdleTimeout(Duration.ofMillis(700));
    repository =
        new HttpRegistry(proxy.host(), true, CredentialSource.anonymous(), settings)
            .repository("dev/app");
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  private static byte[] content(String name) {
    return Samples.noise(name, 10_000);
  }

  private static Descriptor blob(String name) {
    return new Descriptor("x/y", Digest.sha256(content(name)), 10_000);
  }

  private void send(String name) {
    repository.putBlob(blob(name), BlobSource.of(content(name)));
  }

  private RegistryTrouble troubleSending(String name) {
    return Refusals.troubleOfRun(() -> send(name));
  }

  @Test
  void a_202_for_ever_is_no_upload() {
    proxy.with(on("PUT", status(202, "Location", "/v2/dev/app/blobs/uploads/again")));

    assertThat(troubleSending("forever")).isEqualTo(RegistryTrouble.INVALID_RESPONSE);
    assertThat(proxy.count("PUT", "")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 404, 400, 405})
  void a_beginning_that_is_none_is_told(int status) {
    proxy.with(on("POST", status(status)));

    assertThat(troubleSending("none")).isNotNull();
    assertThat(proxy.count("PUT", "")).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void a_wait_that_is_asked_for_in_the_middle_is_kept(int status) {
    proxy.with(on("PUT", times(1, status(status, "Retry-After", "1"))));
    long before = System.nanoTime();

    send("patience" + status);

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(990));
  }

  @Test
  void a_wait_longer_than_is_sensible_ends_the_upload_at_once() {
    proxy.with(on("PUT", status(429, "Retry-After", "3600")));

    assertThat(troubleSending("hour")).isEqualTo(RegistryTrouble.RATE_LIMITED);
    assertThat(proxy.count("PUT", "")).isEqualTo(1);
  }

  @Test
  void an_upload_that_can_not_even_be_cancelled_ends() {
    proxy.with(on("PUT", status(400)));
    proxy.with(on("DELETE", hanging()));

    assertThat(troubleSending("stuck")).isEqualTo(RegistryTrouble.REFUSED);
  }

  @Test
  void a_blob_that_is_there_only_for_those_who_ask_is_found_out_when_read() {
    proxy.with(on("HEAD", status(200, "Content-Length", "10000")));
    Descriptor absent = blob("absent");

    assertThat(Refusals.troubleOf(() -> repository.blob(absent)))
        .isEqualTo(RegistryTrouble.NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405, 501})
  void a_mount_that_is_refused_is_not_the_end(int status) {
    Place.client(place.host())
        .repository("dev/other")
        .putBlob(blob("mounted"), BlobSource.of(content("mounted")));
    proxy.with(on("POST", status(status)));

    assertThat(repository.registry().mount("dev/app", blob("mounted"), "dev/other")).isFalse();
  }

  @Test
  void a_mount_that_is_said_and_not_done_counts_for_nothing() {
    proxy.with(on("POST", status(201)));

    assertThat(repository.registry().mount("dev/app", blob("lie"), "dev/other")).isFalse();
  }
}
