package dev.floe.oci.http;

import static dev.floe.oci.testing.Faults.hanging;
import static dev.floe.oci.testing.Faults.on;
import static dev.floe.oci.testing.Faults.serving;
import static dev.floe.oci.testing.Faults.status;
import static dev.floe.oci.testing.Faults.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import dev.floe.oci.BlobSource;
import dev.floe.oci.Descriptor;
import dev.floe.oci.RawManifest;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import dev.floe.oci.credentials.CredentialSource;
import dev.floe.oci.testing.FaultyProxy;
import dev.floe.oci.testing.Place;
import dev.floe.oci.testing.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry that spoils, loses or holds up blobs. */
class TransferTroubleTest {

  private static final byte[] CONTENT = Samples.noise("content", 100_000);
  private static final Descriptor BLOB =
      new Descriptor("application/octet-stream", Digest.sha256(CONTENT), CONTENT.length);
  private static final byte[] NONE = new byte[0];

  @TempDir Path folder;
  private Place.Open place;
  private FaultyProxy proxy;
  private Repository repository;
  private RawManifest manifest;

  @BeforeEach
  void open() {
    place = Place.EMBEDDED.open(folder);
    proxy = FaultyProxy.before(place.host());
    repository = Place.client(proxy.host()).repository("dev/app");
    Repository direct = Place.client(place.host()).repository("dev/app");
    direct.putBlob(BLOB, BlobSource.of(CONTENT));
    manifest = Samples.put(direct, Samples.image(direct, "app", false));
    direct.tag("v1", manifest);
  }

  @AfterEach
  void close() {
    proxy.close();
    place.close();
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

  private byte[] readBlob() {
    try (var in = repository.blob(BLOB)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @Requirement("337.3")
  void of_wrong_bytes_in_a_blob_is_a_mismatch_before_the_last_byte() throws IOException {
    byte[] wrong = CONTENT.clone();
    wrong[50_000] ^= 1;
    proxy.with(serving("application/octet-stream", wrong));
    int read = 0;

    try (var in = repository.blob(BLOB)) {
      byte[] buffer = new byte[1_000];
      for (int count = 0; count >= 0; count = in.read(buffer)) {
        read += count;
      }
      throw new AssertionError("it was accepted");
    } catch (RegistryException e) {
      assertThat(e.trouble()).isEqualTo(RegistryTrouble.DIGEST_MISMATCH);
      assertThat(read).isLessThan(CONTENT.length);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {99_999, 100_001})
  @Requirement("337.3")
  void of_a_blob_with_another_length_is_a_mismatch(int length) {
    proxy.with(serving("application/octet-stream", Samples.noise("content", length)));

    assertThat(troubleOf(this::readBlob)).isEqualTo(RegistryTrouble.DIGEST_MISMATCH);
  }

  @Test
  void of_a_blob_that_breaks_off_is_told() {
    proxy.with(exchange -> FaultyProxy.cut(exchange, 200, Map.of(), CONTENT, 60_000));

    assertThat(troubleOf(this::readBlob)).isEqualTo(RegistryTrouble.UNREACHABLE);
  }

  @Test
  void of_a_blob_that_is_there_with_another_size_counts_as_absent() {
    proxy.with(on("HEAD", status(200, "Content-Length", "5")));

    assertThat(repository.hasBlob(BLOB)).isFalse();
  }

  @Test
  @Requirement("337.3")
  void of_an_upload_that_is_acknowledged_and_forgotten_is_found_out() {
    proxy.with(on("PUT", status(201)));
    byte[] other = Samples.noise("other", 100);

    Descriptor blob = new Descriptor("x/y", Digest.sha256(other), other.length);
    RegistryException failure = failureOf(() -> repository.putBlob(blob, BlobSource.of(other)));

    assertThat(failure.trouble()).isEqualTo(RegistryTrouble.INVALID_RESPONSE);
    assertThat(failure).hasMessageContaining("does not have it");
  }

  @Test
  void of_an_upload_whose_answer_is_lost_is_not_sent_again() {
    proxy.with(
        on(
            "PUT",
            times(
                1,
                exchange -> {
                  assertThat(proxy.forward(exchange).status()).isEqualTo(201);
                  return FaultyProxy.answer(exchange, 502, Map.of(), NONE);
                })));
    byte[] other = Samples.noise("other", 100_000);
    Descriptor blob = new Descriptor("x/y", Digest.sha256(other), other.length);

    repository.putBlob(blob, BlobSource.of(other));

    assertThat(proxy.count("PUT", "/blobs/uploads/")).isEqualTo(1);
  }

  @Test
  void of_an_upload_that_fails_is_cleared_away_and_started_again() {
    proxy.with(on("PUT", times(1, status(500))));
    byte[] other = Samples.noise("other", 100_000);
    Descriptor blob = new Descriptor("x/y", Digest.sha256(other), other.length);

    repository.putBlob(blob, BlobSource.of(other));

    assertThat(proxy.count("DELETE", "/blobs/uploads/")).isEqualTo(1);
    assertThat(proxy.count("PUT", "/blobs/uploads/")).isEqualTo(2);
    assertThat(repository.hasBlob(blob)).isTrue();
  }

  @Test
  @Requirement("337.3")
  void of_a_source_with_other_bytes_leaves_nothing_in_the_target() {
    byte[] other = Samples.noise("other", 300_000);
    Descriptor blob = new Descriptor("x/y", Digest.sha256("promised"), other.length);

    assertThatThrownBy(() -> repository.putBlob(blob, BlobSource.of(other)))
        .asInstanceOf(type(RegistryException.class))
        .returns(RegistryTrouble.DIGEST_MISMATCH, RegistryException::trouble);
    assertThat(repository.hasBlob(blob)).isFalse();
    assertThat(proxy.count("DELETE", "/blobs/uploads/")).isEqualTo(1);
  }

  private Repository impatient() {
    HttpSettings settings =
        Place.SETTINGS
            .withIdleTimeout(Duration.ofMillis(300))
            .withRequestTimeout(Duration.ofMillis(900))
            .withTransferTimeout(Duration.ofMillis(900))
            .withAttempts(
                new HttpSettings.Attempts(1, Duration.ofMillis(1), Duration.ofMillis(10)));
    return new HttpRegistry(proxy.host(), true, CredentialSource.anonymous(), settings)
        .repository("dev/app");
  }

  @Test
  void of_a_registry_that_never_answers_ends() {
    proxy.with(hanging());

    assertThat(troubleOf(() -> impatient().manifest("v1"))).isEqualTo(RegistryTrouble.UNREACHABLE);
  }

  @Test
  void of_a_registry_that_takes_no_bytes_ends() {
    proxy.with(on("PUT", hanging()));
    byte[] much = new byte[20_000_000];
    Descriptor blob = new Descriptor("x/y", Digest.sha256(much), much.length);

    assertThat(troubleOf(() -> impatient().putBlob(blob, BlobSource.of(much))))
        .isEqualTo(RegistryTrouble.UNREACHABLE);
  }

  @Test
  void of_a_body_that_comes_drop_by_drop_ends() {
    proxy.with(
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          for (byte each : CONTENT) {
            exchange.getResponseBody().write(each);
            exchange.getResponseBody().flush();
            LockSupport.parkNanos(50_000_000);
          }
          return true;
        });

    Repository impatient = impatient();
    assertThat(
            troubleOf(
                () -> {
                  try (var in = impatient.blob(BLOB)) {
                    in.readAllBytes();
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                }))
        .isEqualTo(RegistryTrouble.UNREACHABLE);
  }
}
