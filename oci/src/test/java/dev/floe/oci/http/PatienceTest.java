package dev.floe.oci.http;

import static dev.floe.oci.testing.Faults.after;
import static dev.floe.oci.testing.Faults.on;
import static dev.floe.oci.testing.Faults.status;
import static dev.floe.oci.testing.Faults.times;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import dev.floe.manifest.RegistryAccess;
import dev.floe.manifest.RegistryAccess.Manners;
import dev.floe.manifest.RegistryUrl;
import dev.floe.oci.BlobSource;
import dev.floe.oci.Descriptor;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import dev.floe.oci.connect.Registries;
import dev.floe.oci.testing.Faults;
import dev.floe.oci.testing.FaultyProxy;
import dev.floe.oci.testing.Place;
import dev.floe.oci.testing.Refusals;
import dev.floe.oci.testing.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** As much of it with each registry as the manifest says. */
@Requirement("337.7")
@Timeout(20)
class PatienceTest {

  private static final byte[] CONTENT = Samples.noise("content", 500_000);
  private static final Descriptor BLOB =
      new Descriptor("application/octet-stream", Digest.sha256(CONTENT), CONTENT.length);

  @TempDir Path folder;
  private Place.Open place;
  private FaultyProxy proxy;

  @BeforeEach
  void open() {
    place = Place.EMBEDDED.open(folder);
    proxy = FaultyProxy.before(place.host());
  }

  @AfterEach
  void close() {
    proxy.close();
    place.close();
  }

  private Repository with(Duration timeout, @Nullable Duration commit, @Nullable Integer retries) {
    Manners manners = new Manners(timeout, commit, retries, List.of());
    return new Registries(Place.SETTINGS, Map.of())
        .repository(
            RegistryUrl.parse("oci://" + proxy.host() + "/dev"),
            "app",
            new RegistryAccess(null, null, null, manners));
  }

  @Test
  void a_blob_that_takes_long_to_store_is_sent_once() {
    proxy.with(on("PUT", after(Duration.ofMillis(1_500))));
    Repository repository = with(Duration.ofMillis(300), Duration.ofSeconds(10), null);

    repository.putBlob(BLOB, BlobSource.of(CONTENT));

    assertThat(proxy.count("PUT", "/uploads/")).isEqualTo(1);
    assertThat(repository.hasBlob(BLOB)).isTrue();
  }

  @Test
  void a_blob_that_takes_longer_than_may_be_is_sent_again_as_often_as_may_be() {
    proxy.with(on("PUT", Faults.hanging()));
    Repository repository = with(Duration.ofMillis(200), Duration.ofMillis(400), 1);

    assertThat(Refusals.troubleOfRun(() -> repository.putBlob(BLOB, BlobSource.of(CONTENT))))
        .isEqualTo(RegistryTrouble.UNREACHABLE);

    assertThat(proxy.count("PUT", "/uploads/")).isEqualTo(2);
  }

  @Test
  void a_registry_that_is_silent_for_longer_than_may_be_is_not_asked_again_if_it_may_not() {
    proxy.with(Faults.hanging());

    assertThat(Refusals.troubleOf(() -> with(Duration.ofMillis(200), null, 0).tags()))
        .isEqualTo(RegistryTrouble.UNREACHABLE);

    assertThat(proxy.seen()).hasSize(1);
  }

  @Test
  void a_registry_that_asks_for_patience_is_given_it_as_often_as_there_is_time() {
    proxy.with(times(3, status(429, "Retry-After", "1")));
    Repository repository = with(Duration.ofSeconds(5), null, 0);

    assertThat(repository.waitingUntil(Instant.now().plusSeconds(60)).tags()).isEmpty();

    assertThat(proxy.seen()).hasSize(4);
  }

  @Test
  void a_registry_that_asks_for_more_than_there_is_has_failed_at_once() {
    proxy.with(status(429, "Retry-After", "3600"));
    Repository repository = with(Duration.ofSeconds(5), null, 5);

    assertThat(
            Refusals.troubleOf(
                () -> repository.waitingUntil(Instant.now().plusSeconds(300)).tags()))
        .isEqualTo(RegistryTrouble.RATE_LIMITED);

    assertThat(proxy.seen()).hasSize(1);
  }
}
