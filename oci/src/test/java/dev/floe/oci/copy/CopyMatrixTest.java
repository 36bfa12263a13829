package dev.floe.oci.copy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import dev.floe.oci.Descriptor;
import dev.floe.oci.RawManifest;
import dev.floe.oci.ReferrersTag;
import dev.floe.oci.Repository;
import dev.floe.oci.testing.Place;
import dev.floe.oci.testing.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
  void arrives_whole_and_unchanged(Place from, Place to, Samples.Kind kind) throws IOException {
    String name = (from + "-" + to + "-" + kind).toLowerCase(Locale.ROOT);
    Repository source =
        requireNonNull(FROM.get(from)).registry().repository("from/" + name.replace("__", "_"));
    Repository target =
        requireNonNull(TO.get(to)).registry().repository("to/" + name.replace("__", "_"));
    Digest digest = Samples.write(kind, source);

    CopyReport report = copier.copy(source, target, digest, Progress.none());

    assertSame(source, target, digest);
    assertThat(report.digest()).isEqualTo(digest);
    assertThat(report.bytesSent()).isPositive();
    CopyReport again = copier.copy(source, target, digest, Progress.none());
    assertThat(again.nothingSent()).isTrue();
    assertThat(again.referrers()).isEqualTo(report.referrers());
    assertThat(again.signatureTags()).isEqualTo(report.signatureTags());
  }

  private static void assertSame(Repository source, Repository target, Digest root)
      throws IOException {
    for (RawManifest manifest : Graph.read(source, root).manifests().values()) {
      RawManifest copied = target.manifest(manifest.digest());
      assertThat(copied).isEqualTo(manifest);
      for (Descriptor blob : manifest.contents().blobs()) {
        try (var one = source.blob(blob);
            var other = target.blob(blob)) {
          assertThat(other.readAllBytes()).isEqualTo(one.readAllBytes());
        }
      }
      assertThat(signatures(target, manifest.digest()))
          .isEqualTo(signatures(source, manifest.digest()));
      Set<Digest> referrers = referrers(source, manifest.digest());
      assertThat(referrers(target, manifest.digest())).isEqualTo(referrers);
      for (Digest referrer : referrers) {
        assertSame(source, target, referrer);
      }
    }
  }

  private static Set<Digest> referrers(Repository place, Digest subject) {
    return place.referrers(subject).manifests().stream()
        .map(Descriptor::digest)
        .collect(Collectors.toSet());
  }

  private static Map<String, Digest> signatures(Repository place, Digest signed) {
    String prefix = ReferrersTag.of(signed) + ".";
    List<String> tags = place.tags();
    return new HashSet<>(tags)
        .stream()
            .filter(tag -> tag.startsWith(prefix))
            .collect(Collectors.toMap(tag -> tag, tag -> place.manifest(tag).digest()));
  }
}
