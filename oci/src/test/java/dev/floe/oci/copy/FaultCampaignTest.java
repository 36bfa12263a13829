package dev.floe.oci.copy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import dev.floe.oci.Descriptor;
import dev.floe.oci.RawManifest;
import dev.floe.oci.RegistryException;
import dev.floe.oci.Repository;
import dev.floe.oci.Tagger;
import dev.floe.oci.credentials.CredentialSource;
import dev.floe.oci.http.HttpRegistry;
import dev.floe.oci.http.HttpSettings;
import dev.floe.oci.layout.LayoutRegistry;
import dev.floe.oci.testing.FaultyProxy;
import dev.floe.oci.testing.Likeness;
import dev.floe.oci.testing.Place;
import dev.floe.oci.testing.Samples;
import dev.floe.oci.testing.SeededFaults;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies through proxies that misbehave by seed. With {@code -Dfloe.soak=true} as many as the issue
 * asks for; a single one by {@code -Dfloe.seed=<n>}.
 */
class FaultCampaignTest {

  private static final Logger LOG = LoggerFactory.getLogger(FaultCampaignTest.class);

  private static final int SHORT = 25;
  private static final int LONG = 500;
  private static final int AT_ONCE = 4;

  private static final HttpSettings IMPATIENT =
      HttpSettings.defaults()
          .withIdleTimeout(Duration.ofMillis(400))
          .withRequestTimeout(Duration.ofSeconds(2))
          .withTransferTimeout(Duration.ofSeconds(2))
          .withAttempts(new HttpSettings.Attempts(3, Duration.ofMillis(2), Duration.ofMillis(100)));

  @TempDir static Path folder;
  private static final Map<Place, Place.Open> OPEN = new EnumMap<>(Place.class);

  /** Where a run ended. */
  private enum End {
    COPIED_DESPITE_FAULTS,
    FAILED_AND_MENDED
  }

  @BeforeAll
  static void open() {
    for (Place place : places()) {
      OPEN.put(place, place.open(folder.resolve(place.name())));
    }
  }

  private static List<Place> places() {
    List<Place> places = new ArrayList<>(List.of(Place.EMBEDDED, Place.EMBEDDED_OLD, Place.LAYOUT));
    if (Place.DOCKER.isThere()) {
      places.add(Place.DOCKER);
    }
    return places;
  }

  @AfterAll
  static void close() {
    OPEN.values().forEach(Place.Open::close);
  }

  private static LongStream seeds() {
    Long one = Long.getLong("floe.seed");
    return one != null
        ? LongStream.of(one)
        : LongStream.range(0, Boolean.getBoolean("floe.soak") ? LONG : SHORT);
  }

  @Test
  @Requirement({"337.3", "337.5"})
  void every_copy_is_whole_or_fails_leaving_nothing_half_and_completes_later() throws Exception {
    Map<End, Integer> ends = new EnumMap<>(End.class);
    List<String> failures = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Callable<End>> runs = new ArrayList<>();
      seeds().forEach(seed -> runs.add(() -> new Run(seed).end()));
      for (Future<End> run : threads.invokeAll(runs)) {
        try {
          ends.merge(run.get(), 1, Integer::sum);
        } catch (ExecutionException e) {
          LOG.warn("fault campaign failed", e.getCause());
          failures.add(String.valueOf(e.getMessage()));
        }
      }
    }
    LOG.info("fault campaign ended={} failed={}", ends, failures.size());
    assertThat(failures).isEmpty();
    assertThat(ends).isNotEmpty();
  }

  /** One seed's copy. */
  private static final class Run {

    private final long seed;
    private final Copier copier = new Copier(3);
    private final Repository source;
    private final Repository target;
    private final FaultyProxy before;
    private final FaultyProxy behind;
    private final List<SeededFaults> faults = new ArrayList<>();
    private final Repository throughSource;
    private final Repository throughTarget;
    private final Digest digest;

    Run(long seed) {
      this.seed = seed;
      Random random = new Random(seed);
      List<Place> places = places();
      Place.Open from = requireNonNull(OPEN.get(places.get(random.nextInt(places.size()))));
      Place.Open to = requireNonNull(OPEN.get(places.get(random.nextInt(places.size()))));
      if (from.host().isEmpty() && to.host().isEmpty()) {
        from = requireNonNull(OPEN.get(Place.EMBEDDED));
      }
      boolean neighbours = from.host().equals(to.host());
      source = from.registry().repository("from/s" + seed);
      target = to.registry().repository("to/s" + seed);
      Samples.Kind[] kinds = Samples.Kind.values();
      digest = Samples.write(kinds[random.nextInt(kinds.length)], source);
      before = FaultyProxy.before(from.host());
      behind = neighbours ? before : FaultyProxy.before(to.host());
      throughSource = through(before, source, IMPATIENT);
      throughTarget = through(behind, target, IMPATIENT);
      double likelihood = 0.02 + random.nextDouble() * 0.2;
      int side = random.nextInt(3);
      if (side != 0) {
        spoil(before, random.nextLong(), likelihood);
      }
      if (side != 1 && !neighbours) {
        spoil(behind, random.nextLong(), likelihood);
      }
    }

    private void spoil(FaultyProxy proxy, long by, double likelihood) {
      SeededFaults spoiling = new SeededFaults(proxy, by, likelihood);
      faults.add(spoiling);
      proxy.with(spoiling);
    }

    /** A layout has nothing before it, and checks nothing of what it is given either. */
    private static Repository through(FaultyProxy proxy, Repository direct, HttpSettings settings) {
      if (direct.registry() instanceof LayoutRegistry) {
        return direct;
      }
      return new HttpRegistry(proxy.host(), true, CredentialSource.anonymous(), settings)
          .repository(direct.name());
    }

    End end() {
      try {
        return copyAndCheck();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(story() + ": " + e.getMessage(), e);
      } finally {
        before.close();
        behind.close();
      }
    }

    private String story() {
      List<String> happened = faults.stream().flatMap(each -> each.happened().stream()).toList();
      return "seed %d, %s to %s, %s".formatted(seed, source, target, happened);
    }

    private End copyAndCheck() {
      End end;
      try {
        promote(throughSource, throughTarget);
        end = End.COPIED_DESPITE_FAULTS;
      } catch (RegistryException e) {
        LOG.debug("seed={} failed reason={}", seed, e.getMessage());
        end = End.FAILED_AND_MENDED;
        Likeness.assertNoTagOverHoles(source, target);
      }
      Map<Digest, RawManifest> all = Likeness.everything(source, digest);
      all.keySet().forEach(each -> Likeness.isThereAndWhole(source, target, each));
      if (end == End.FAILED_AND_MENDED) {
        mend(all);
      }
      Likeness.assertSame(source, target, digest);
      assertThat(target.manifest("v1").digest()).isEqualTo(digest);
      assertThat(copier.copy(source, target, digest, Progress.none()).nothingSent()).isTrue();
      return end;
    }

    /** Once everybody behaves, the rest goes over and nothing that had arrived. */
    private void mend(Map<Digest, RawManifest> all) {
      before.behave();
      behind.behave();
      Set<Digest> arrived = new HashSet<>();
      for (RawManifest manifest : all.values()) {
        for (Descriptor blob : manifest.contents().blobs()) {
          if (target.hasBlob(blob)) {
            arrived.add(blob.digest());
          }
        }
      }
      behind.forget();
      // A busy machine may take longer than the impatience that finds faults quickly.
      promote(through(before, source, Place.SETTINGS), through(behind, target, Place.SETTINGS));
      arrived.forEach(blob -> assertThat(behind.count("PUT", "digest=" + blob)).isZero());
    }

    private void promote(Repository from, Repository to) {
      copier.copy(from, to, digest, Progress.none());
      Tagger.assign(to, "v1", digest, Tagger.Mobility.IMMUTABLE);
    }
  }
}
