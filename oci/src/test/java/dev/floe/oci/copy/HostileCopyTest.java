package dev.floe.oci.copy;

import static dev.floe.oci.testing.Faults.serving;
import static dev.floe.oci.testing.Faults.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import dev.floe.oci.Descriptor;
import dev.floe.oci.MediaTypes;
import dev.floe.oci.RawManifest;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import dev.floe.oci.testing.FaultyProxy;
import dev.floe.oci.testing.Place;
import dev.floe.oci.testing.Refusals;
import dev.floe.oci.testing.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sources that would wear out who copies from them, or have more copied than is the artifact's. */
@Timeout(60)
class HostileCopyTest {

  @TempDir Path folder;
  private Place.Open from;
  private Place.Open to;
  private FaultyProxy before;
  private FaultyProxy behind;
  private Repository direct;
  private Repository source;
  private Repository target;
  private final Copier copier = new Copier();

  @BeforeEach
  void open() {
    from = Place.EMBEDDED.open(folder.resolve("from"));
    to = Place.EMBEDDED.open(folder.resolve("to"));
    before = FaultyProxy.before(from.host());
    behind = FaultyProxy.before(to.host());
    direct = from.registry().repository("dev/app");
    source = Place.client(before.host()).repository("dev/app");
    target = Place.client(behind.host()).repository("prod/app");
  }

  @AfterEach
  void close() {
    before.close();
    behind.close();
    from.close();
    to.close();
  }

  private RegistryException failureOf(Digest digest) {
    return Refusals.of(() -> copier.copy(source, target, digest, Progress.none()));
  }

  private void sourceHolds(RawManifest manifest) {
    before.with(
        exchange ->
            exchange.getRequestURI().getPath().endsWith(manifest.digest().toString())
                && serving(manifest.mediaType(), manifest.bytes()).answers(exchange));
  }

  private void sourceListsAsReferrers(String entries) {
    before.with(
        exchange ->
            exchange.getRequestURI().getPath().contains("/referrers/")
                && serving(MediaTypes.OCI_INDEX, Samples.text("{\"manifests\":[" + entries + "]}"))
                    .answers(exchange));
  }

  @Test
  @Requirement("337.3")
  void thousands_of_layers_do_not_open_thousands_of_connections() {
    String layers =
        IntStream.range(0, 5_000)
            .mapToObj(i -> Samples.json(new Descriptor("x/y", Digest.sha256("l" + i), 5)))
            .collect(Collectors.joining(","));
    String text = "{\"layers\":[" + layers + "]}";
    RawManifest many = RawManifest.of(Samples.text(text), MediaTypes.OCI_MANIFEST);
    sourceHolds(many);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    behind.with(
        exchange -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
          now.decrementAndGet();
          return status(404).answers(exchange);
        });

    assertThat(failureOf(many.digest()).trouble()).isNotNull();

    assertThat(most.get()).isBetween(1, 64);
  }

  @Test
  @Requirement("337.2")
  void a_referrer_that_is_about_something_else_fails_the_copy() {
    RawManifest app = Samples.put(direct, Samples.image(direct, "app", false));
    RawManifest other = Samples.put(direct, Samples.image(direct, "other", false));
    RawManifest foreign =
        Samples.put(direct, Samples.referrer(direct, other.descriptor(), "about the other"));
    sourceListsAsReferrers(Samples.json(foreign.descriptor()));

    assertThat(failureOf(app.digest()).trouble()).isEqualTo(RegistryTrouble.INVALID_RESPONSE);
    assertThat(target.tags()).isEmpty();
  }

  @Test
  @Requirement("337.2")
  void an_artifact_that_is_listed_as_its_own_referrer_fails_the_copy() {
    RawManifest app = Samples.put(direct, Samples.image(direct, "app", false));
    sourceListsAsReferrers(Samples.json(app.descriptor()));

    assertThat(failureOf(app.digest()).trouble()).isEqualTo(RegistryTrouble.INVALID_RESPONSE);
  }

  @Test
  @Requirement("337.2")
  void a_referrer_that_is_listed_and_not_there_fails_the_copy() {
    RawManifest app = Samples.put(direct, Samples.image(direct, "app", false));
    sourceListsAsReferrers(
        Samples.json(new Descriptor(MediaTypes.OCI_MANIFEST, Digest.sha256("absent"), 9)));

    assertThat(failureOf(app.digest()).trouble()).isEqualTo(RegistryTrouble.NOT_FOUND);
    assertThat(target.tags()).isEmpty();
  }

  @Test
  @Requirement("337.2")
  void as_many_referrers_as_fit_on_a_page_are_not_all_fetched() {
    RawManifest app = Samples.put(direct, Samples.image(direct, "app", false));
    sourceListsAsReferrers(
        IntStream.range(0, 30_000)
            .mapToObj(i -> Samples.json(new Descriptor("x/y", Digest.sha256("referrer" + i), 9)))
            .collect(Collectors.joining(",")));

    assertThat(failureOf(app.digest()).trouble())
        .isIn(RegistryTrouble.INVALID_RESPONSE, RegistryTrouble.NOT_FOUND);
    assertThat(before.seen()).hasSizeLessThan(100);
  }
}
