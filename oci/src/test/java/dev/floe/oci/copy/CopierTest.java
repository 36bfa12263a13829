package dev.floe.oci.copy;

import static dev.floe.oci.testing.Faults.on;
import static dev.floe.oci.testing.Faults.status;
import static dev.floe.oci.testing.Faults.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.sun.net.httpserver.HttpExchange;
import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import dev.floe.oci.Descriptor;
import dev.floe.oci.MediaTypes;
import dev.floe.oci.RawManifest;
import dev.floe.oci.ReferrersTag;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import dev.floe.oci.layout.LayoutRegistry;
import dev.floe.oci.testing.FaultyProxy;
import dev.floe.oci.testing.Place;
import dev.floe.oci.testing.Samples;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopierTest {

  @TempDir Path folder;
  private Place.Open from;
  private Place.Open to;
  private FaultyProxy before;
  private FaultyProxy behind;
  private Repository source;
  private Repository target;
  private final Copier copier = new Copier();

  @BeforeEach
  void open() {
    from = Place.EMBEDDED.open(folder.resolve("from"));
    to = Place.EMBEDDED.open(folder.resolve("to"));
    before = FaultyProxy.before(from.host());
    behind = FaultyProxy.before(to.host());
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

  private Digest sample(Samples.Kind kind) {
    Digest digest = Samples.write(kind, from.registry().repository("dev/app"));
    before.forget();
    return digest;
  }

  private CopyReport copy(Digest digest) {
    return copier.copy(source, target, digest, Copier.Extent.ARTIFACT, Progress.none());
  }

  private static boolean isUpload(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("PUT")
        && exchange.getRequestURI().getPath().contains("/blobs/uploads/");
  }

  private static RegistryTrouble troubleOf(Runnable work) {
    try {
      work.run();
    } catch (RegistryException e) {
      return e.trouble();
    }
    throw new AssertionError("nothing failed");
  }

  @Test
  @Requirement("337.5")
  void sends_nothing_the_second_time_and_asks_one_question() {
    Digest digest = sample(Samples.Kind.FOUR_PLATFORM_INDEX);
    copy(digest);
    before.forget();
    behind.forget();

    assertThat(copy(digest).nothingSent()).isTrue();

    assertThat(before.seen()).isEmpty();
    assertThat(behind.seen()).hasSize(1);
  }

  @Test
  void reads_and_sends_every_blob_once() {
    CopyReport report = copy(sample(Samples.Kind.FOUR_PLATFORM_INDEX));

    // Four configs, four layers of their own, and one that all four share.
    assertThat(report.blobs()).isEqualTo(new CopyReport.Blobs(9, 0, 0));
    assertThat(before.count("GET", "/blobs/")).isEqualTo(9);
    assertThat(behind.count("PUT", "/blobs/uploads/")).isEqualTo(9);
    assertThat(report.manifestsSent()).isEqualTo(5);
  }

  @Test
  @Requirement("337.5")
  void goes_on_where_it_was_interrupted() {
    Digest digest = sample(Samples.Kind.PLAIN_MANIFEST);
    AtomicInteger uploads = new AtomicInteger();
    behind.with(
        exchange ->
            isUpload(exchange) && uploads.incrementAndGet() > 2 && status(403).answers(exchange));
    Copier oneByOne = new Copier(1);
    Copier.Extent extent = Copier.Extent.ARTIFACT;
    assertThat(troubleOf(() -> oneByOne.copy(source, target, digest, extent, Progress.none())))
        .isEqualTo(RegistryTrouble.UNAUTHORIZED);
    assertThat(target.head(digest)).isEmpty();
    behind.behave();

    CopyReport rest = copy(digest);

    assertThat(rest.blobs().sent()).isEqualTo(2);
    assertThat(rest.blobs().skipped()).isEqualTo(2);
    assertThat(target.manifest(digest)).isEqualTo(source.manifest(digest));
  }

  @Test
  @Requirement("337.3")
  void stores_no_manifest_over_a_blob_that_came_wrong() {
    Digest digest = sample(Samples.Kind.FOUR_PLATFORM_INDEX);
    before.with(
        exchange -> {
          if (!exchange.getRequestURI().getPath().contains("/blobs/")) {
            return false;
          }
          FaultyProxy.Passed passed = before.forward(exchange);
          byte[] spoilt = passed.body();
          spoilt[spoilt.length / 2] ^= 1;
          return FaultyProxy.answer(exchange, 200, passed.headers(), spoilt);
        });

    assertThat(troubleOf(() -> copy(digest))).isEqualTo(RegistryTrouble.DIGEST_MISMATCH);

    assertThat(behind.count("PUT", "/manifests/")).isZero();
    assertThat(to.registry().tags("prod/app")).isEmpty();
  }

  @Test
  @Requirement("337.3")
  void finds_out_when_the_target_forgets_a_manifest() {
    Digest digest = sample(Samples.Kind.PLAIN_MANIFEST);
    behind.with(
        on(
            "PUT",
            exchange ->
                exchange.getRequestURI().getPath().contains("/manifests/")
                    && status(201).answers(exchange)));

    assertThatThrownBy(() -> copy(digest))
        .asInstanceOf(type(RegistryException.class))
        .returns(RegistryTrouble.INVALID_RESPONSE, RegistryException::trouble)
        .extracting(Throwable::getMessage)
        .asString()
        .contains("does not have it");
  }

  @Test
  void survives_a_source_that_breaks_off() {
    Digest digest = sample(Samples.Kind.PLAIN_MANIFEST);
    before.with(
        times(
            2,
            exchange -> {
              FaultyProxy.Passed passed = before.forward(exchange);
              byte[] body = passed.body();
              return FaultyProxy.cut(
                  exchange, passed.status(), passed.headers(), body, body.length / 3);
            }));

    copy(digest);

    assertThat(target.manifest(digest)).isEqualTo(source.manifest(digest));
  }

  @Test
  void fails_when_a_platform_is_missing_for_what_is_incomplete_is_no_artifact() {
    Repository direct = from.registry().repository("dev/app");
    Descriptor absent = new Descriptor(MediaTypes.OCI_MANIFEST, Digest.sha256("absent"), 6);
    String text = "{\"manifests\":[" + Samples.json(absent) + "]}";
    RawManifest index = RawManifest.of(Samples.text(text), MediaTypes.OCI_INDEX);
    before.with(
        exchange ->
            exchange.getRequestURI().getPath().endsWith(index.digest().toString())
                && FaultyProxy.answer(
                    exchange, 200, Map.of("Content-Type", index.mediaType()), index.bytes()));

    assertThat(troubleOf(() -> copy(index.digest()))).isEqualTo(RegistryTrouble.NOT_FOUND);
    assertThat(direct.tags()).isEmpty();
    assertThat(behind.count("PUT", "")).isZero();
  }

  @Test
  void leaves_out_a_foreign_layer_that_the_source_does_not_hold() {
    Repository direct = from.registry().repository("dev/app");
    Descriptor layer = Samples.blob(direct, "x/layer", Samples.noise("own", 1_000));
    String foreign =
        Samples.json(new Descriptor("x/foreign", Digest.sha256("far"), 3))
            .replace("}", ",\"urls\":[\"http://127.0.0.1:1/far\"]}");
    String text =
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s,%s]}"
            .formatted(
                MediaTypes.DOCKER_MANIFEST, Samples.json(layer), foreign, Samples.json(layer));
    RawManifest image = RawManifest.of(Samples.text(text), MediaTypes.DOCKER_MANIFEST);
    before.with(
        exchange ->
            exchange.getRequestURI().getPath().endsWith(image.digest().toString())
                && FaultyProxy.answer(
                    exchange, 200, Map.of("Content-Type", image.mediaType()), image.bytes()));
    Repository layout = new LayoutRegistry(folder).repository("app");

    CopyReport report =
        copier.copy(source, layout, image.digest(), Copier.Extent.ARTIFACT, Progress.none());

    assertThat(report.blobs()).isEqualTo(new CopyReport.Blobs(1, 0, 1));
    assertThat(layout.manifest(image.digest())).isEqualTo(image);
  }

  @Test
  void mounts_within_a_registry_instead_of_sending() {
    Digest digest = sample(Samples.Kind.PLAIN_MANIFEST);
    Repository neighbour = Place.client(before.host()).repository("staging/app");

    CopyReport report =
        copier.copy(source, neighbour, digest, Copier.Extent.ARTIFACT, Progress.none());

    assertThat(report.blobs()).isEqualTo(new CopyReport.Blobs(0, 4, 0));
    assertThat(before.count("GET", "/blobs/")).isZero();
    assertThat(neighbour.manifest(digest)).isEqualTo(source.manifest(digest));
  }

  @Test
  void sends_what_cannot_be_mounted() {
    Digest digest = sample(Samples.Kind.PLAIN_MANIFEST);
    Repository neighbour = Place.client(before.host()).repository("staging/app");
    before.with(
        exchange -> {
          String query = exchange.getRequestURI().getQuery();
          String session = "/v2/staging/app/blobs/uploads/none";
          return query != null
              && query.contains("mount=")
              && status(202, "Location", session).answers(exchange);
        });

    CopyReport report =
        copier.copy(source, neighbour, digest, Copier.Extent.ARTIFACT, Progress.none());

    assertThat(report.blobs()).isEqualTo(new CopyReport.Blobs(4, 0, 0));
  }

  @Test
  void waits_for_another_copy_that_is_sending_the_same_blob() throws Exception {
    Digest digest = sample(Samples.Kind.PLAIN_MANIFEST);
    CountDownLatch sending = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    behind.with(
        exchange -> {
          if (isUpload(exchange)) {
            sending.countDown();
            await(goOn);
          }
          return false;
        });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<CopyReport> first = threads.submit(() -> copy(digest));
      sending.await();
      Future<CopyReport> second = threads.submit(() -> copy(digest));
      goOn.countDown();

      int sent = first.get().blobs().sent() + second.get().blobs().sent();
      assertThat(sent).isEqualTo(4);
    }
    assertThat(behind.count("PUT", "/blobs/uploads/")).isEqualTo(4);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void sends_no_more_blobs_at_once_than_allowed() throws ExecutionException {
    Digest digest = sample(Samples.Kind.FOUR_PLATFORM_INDEX);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    behind.with(
        exchange -> {
          if (!isUpload(exchange)) {
            return false;
          }
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          FaultyProxy.Passed passed = behind.forward(exchange);
          now.decrementAndGet();
          return FaultyProxy.answer(exchange, passed.status(), passed.headers(), passed.body());
        });

    new Copier(2).copy(source, target, digest, Copier.Extent.ARTIFACT, Progress.none());

    assertThat(most.get()).isBetween(1, 2);
  }

  @Test
  void tells_how_it_gets_on() {
    Digest digest = sample(Samples.Kind.PLAIN_MANIFEST);
    AtomicLong planned = new AtomicLong();
    AtomicLong arrived = new AtomicLong();
    AtomicLong moved = new AtomicLong();
    List<Digest> stored = new CopyOnWriteArrayList<>();
    Progress progress =
        new Progress() {
          @Override
          public void planned(int blobs, long bytes) {
            planned.addAndGet(bytes);
          }

          @Override
          public void moved(Descriptor blob, long position) {
            moved.accumulateAndGet(position, Math::max);
          }

          @Override
          public void arrived(Descriptor blob, Way way) {
            arrived.addAndGet(blob.size());
          }

          @Override
          public void stored(Digest manifest) {
            stored.add(manifest);
          }
        };

    CopyReport report = copier.copy(source, target, digest, Copier.Extent.WITH_REFERRERS, progress);

    assertThat(planned).hasValue(report.bytesSent());
    assertThat(arrived).hasValue(report.bytesSent());
    assertThat(moved).hasValueGreaterThan(10_000);
    assertThat(stored).containsExactly(digest);
  }

  @Test
  @Requirement("337.2")
  void finishes_a_referrer_that_was_stored_but_not_listed() {
    Place.Open old = Place.EMBEDDED_OLD.open(folder.resolve("old"));
    try (old) {
      Digest digest = sample(Samples.Kind.SIGNED_BY_REFERRER);
      Repository without = old.registry().repository("prod/app");
      FaultyProxy broken = FaultyProxy.before(old.host());
      broken.with(
          on(
              "PUT",
              exchange ->
                  exchange.getRequestURI().getPath().contains("/manifests/sha256-")
                      && status(403).answers(exchange)));
      try (broken) {
        Repository through = Place.client(broken.host()).repository("prod/app");
        assertThat(troubleOf(() -> copier.copy(source, through, digest, Progress.none())))
            .isEqualTo(RegistryTrouble.UNAUTHORIZED);
      }

      CopyReport report = copier.copy(source, without, digest, Progress.none());

      assertThat(report.referrers()).hasSize(2);
      assertThat(without.referrers(digest).manifests()).hasSize(1);
    }
  }

  @Test
  @Requirement("337.2")
  void follows_a_signature_tag_that_has_moved_on() {
    Digest digest = sample(Samples.Kind.SIGNED_BY_TAG);
    copier.copy(source, target, digest, Progress.none());
    Repository direct = from.registry().repository("dev/app");
    String tag = ReferrersTag.of(digest) + ".sig";
    RawManifest resigned = Samples.put(direct, Samples.image(direct, "two signatures", false));
    direct.tag(tag, resigned);

    copier.copy(source, target, digest, Progress.none());

    assertThat(target.manifest(tag)).isEqualTo(resigned);
  }

  @Test
  void knows_how_much_an_artifact_takes() {
    Digest digest = sample(Samples.Kind.FOUR_PLATFORM_INDEX);

    Graph graph = Graph.read(source, digest);

    assertThat(graph.blobs()).hasSize(9);
    assertThat(graph.totalBytes()).isBetween(50_000L, 60_000L);
  }
}
