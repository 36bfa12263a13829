package dev.floe.oci.copy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import dev.floe.oci.Registry;
import dev.floe.oci.Repository;
import dev.floe.oci.Tagger;
import dev.floe.oci.Tagging;
import dev.floe.oci.testing.FaultyProxy;
import dev.floe.oci.testing.Likeness;
import dev.floe.oci.testing.Place;
import dev.floe.oci.testing.Samples;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of artifact, from every kind of place to every kind of place. */
@Execution(ExecutionMode.CONCURRENT)
class CopyMatrixTest {

  /** Of a second copy of the artifact alone, and of its tag, whatever its size. */
  private static final int MOST_REQUESTS_AGAIN = 2;

  /** For each manifest of a second copy that looks for signatures and referrers too. */
  private static final int MOST_REQUESTS_AGAIN_WITH_REFERRERS = 3;

  @TempDir static Path folder;
  private static final Map<Place, Place.Open> FROM = new EnumMap<>(Place.class);
  private static final Map<Place, Place.Open> TO = new EnumMap<>(Place.class);

  private final Copier copier = new Copier();

  @BeforeAll
  static void open() {
    for (Place place : places()) {
      FROM.put(place, place.open(folder.resolve("from-" + place)));
      TO.put(place, place.open(folder.resolve("to-" + place)));
    }
  }

  /** One registry with the referrers API, one without it, and a layout. */
  private static List<Place> places() {
    Place old = Place.DOCKER.isThere() ? Place.DOCKER : Place.EMBEDDED_OLD;
    return List.of(Place.EMBEDDED, old, Place.LAYOUT);
  }

  @AfterAll
  static void close() {
    Stream.of(FROM, TO).flatMap(map -> map.values().stream()).forEach(Place.Open::close);
  }

  static Stream<Arguments> everything() {
    return places().stream()
        .flatMap(
            from ->
                places().stream()
                    .flatMap(
                        to ->
                            Stream.of(Samples.Kind.values())
                                .map(kind -> Arguments.of(from, to, kind))));
  }

  @ParameterizedTest(name = "{2} from {0} to {1}")
  @MethodSource("everything")
  @Requirement({"337.2", "337.3", "337.5"})
  void arrives_whole_and_unchanged(Place from, Place to, Samples.Kind kind) {
    String name = (from + "-" + to + "-" + kind).toLowerCase(Locale.ROOT);
    Repository source =
        requireNonNull(FROM.get(from)).registry().repository("from/" + name.replace("__", "_"));
    Repository target =
        requireNonNull(TO.get(to)).registry().repository("to/" + name.replace("__", "_"));
    Digest digest = Samples.write(kind, source);

    CopyReport report = copier.copy(source, target, digest, Progress.none());

    Likeness.assertSame(source, target, digest);
    assertThat(report.digest()).isEqualTo(digest);
    assertThat(report.bytesSent()).isPositive();
    Tagger.assign(target, "v1", digest, Tagger.Mobility.IMMUTABLE);
    assertSecondRunIsCheap(from, to, source, target, digest, report);
  }

  /** A promotion that was done before: what the copier asks, and what its tag asks. */
  private void assertSecondRunIsCheap(
      Place from, Place to, Repository source, Repository target, Digest digest, CopyReport first) {
    try (Counting reading = Counting.of(requireNonNull(FROM.get(from)));
        Counting writing = Counting.of(requireNonNull(TO.get(to)))) {
      Repository one = reading.registry().repository(source.name());
      Repository other = writing.registry().repository(target.name());
      copier.copy(one, other, digest, Copier.Extent.ARTIFACT, Progress.none());
      assertThat(Tagger.assign(other, "v1", digest, Tagger.Mobility.IMMUTABLE))
          .isEqualTo(new Tagging.Unchanged());
      int alone = reading.requests() + writing.requests();
      assertThat(alone).isLessThanOrEqualTo(MOST_REQUESTS_AGAIN);

      CopyReport again = copier.copy(one, other, digest, Progress.none());

      assertThat(again.nothingSent()).isTrue();
      assertThat(again.referrers()).isEqualTo(first.referrers());
      assertThat(again.signatureTags()).isEqualTo(first.signatureTags());
      int family = Likeness.everything(source, digest).size();
      int requests = reading.requests() + writing.requests() - alone;
      assertThat(requests).isLessThanOrEqualTo(MOST_REQUESTS_AGAIN_WITH_REFERRERS * family);
    }
  }

  /** A place whose requests are counted; a layout has none. */
  private record Counting(Registry registry, Optional<FaultyProxy> proxy) implements AutoCloseable {

    static Counting of(Place.Open place) {
      if (place.host().isEmpty()) {
        return new Counting(place.registry(), Optional.empty());
      }
      FaultyProxy proxy = FaultyProxy.before(place.host());
      return new Counting(Place.client(proxy.host()), Optional.of(proxy));
    }

    int requests() {
      return proxy.map(each -> each.seen().size()).orElse(0);
    }

    @Override
    public void close() {
      proxy.ifPresent(FaultyProxy::close);
    }
  }
}
