package dev.floe.oci.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import dev.floe.oci.Descriptor;
import dev.floe.oci.RawManifest;
import dev.floe.oci.ReferrersTag;
import dev.floe.oci.Repository;
import dev.floe.oci.testing.FaultyProxy;
import dev.floe.oci.testing.Place;
import dev.floe.oci.testing.Samples;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a copier asks when everything is there already, and that it asks enough. */
@Requirement({"337.2", "337.5"})
class NothingToDoTest {

  @TempDir Path folder;
  private final Copier copier = new Copier();

  /** Two registries of a kind, with a counter before each. */
  private record Pair(
      Place.Open from,
      Place.Open to,
      FaultyProxy before,
      FaultyProxy behind,
      Repository author,
      Repository source,
      Repository target)
      implements AutoCloseable {

    static Pair of(Place place, Path folder) {
      Place.Open from = place.open(folder.resolve("from"));
      Place.Open to = place.open(folder.resolve("to"));
      FaultyProxy before = FaultyProxy.before(from.host());
      FaultyProxy behind = FaultyProxy.before(to.host());
      return new Pair(
          from,
          to,
          before,
          behind,
          from.registry().repository("dev/app"),
          Place.client(before.host()).repository("dev/app"),
          Place.client(behind.host()).repository("prod/app"));
    }

    void forget() {
      before.forget();
      behind.forget();
    }

    int asked() {
      return before.seen().size() + behind.seen().size();
    }

    @Override
    public void close() {
      before.close();
      behind.close();
      from.close();
      to.close();
    }
  }

  private CopyReport copy(Pair pair, Digest digest) {
    return copier.copy(pair.source(), pair.target(), digest, Progress.none());
  }

  private int questionsForNothing(Pair pair, Samples.Kind kind) {
    Digest digest = Samples.write(kind, pair.author());
    CopyReport first = copy(pair, digest);
    pair.forget();

    CopyReport again = copy(pair, digest);

    assertThat(again.nothingSent()).isTrue();
    assertThat(again.referrers()).isEqualTo(first.referrers());
    assertThat(again.signatureTags()).isEqualTo(first.signatureTags());
    return pair.asked();
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN_MANIFEST", "FOUR_PLATFORM_INDEX", "DOCKER_LIST"})
  void asks_two_questions_where_referrers_are_kept_by_tags(Samples.Kind kind) {
    try (Pair pair = Pair.of(Place.EMBEDDED_OLD, folder)) {
      assertThat(questionsForNothing(pair, kind)).isEqualTo(2);
      assertThat(pair.before().count("GET", "/tags/list")).isEqualTo(1);
      assertThat(pair.behind().count("HEAD", "/manifests/")).isEqualTo(1);
    }
  }

  @Test
  void a_new_copier_asks_as_little() {
    try (Pair pair = Pair.of(Place.EMBEDDED_OLD, folder)) {
      Digest digest = Samples.write(Samples.Kind.PLAIN_MANIFEST, pair.author());
      copy(pair, digest);
      pair.forget();

      new Copier().copy(pair.source(), pair.target(), digest, Progress.none());

      assertThat(pair.asked()).isEqualTo(2);
    }
  }

  @Test
  void asks_two_more_for_each_signature_for_its_tag_may_have_moved() {
    try (Pair pair = Pair.of(Place.EMBEDDED_OLD, folder)) {
      assertThat(questionsForNothing(pair, Samples.Kind.SIGNED_BY_TAG)).isEqualTo(2 + 2 * 2);
    }
  }

  @Test
  void asks_two_more_for_each_manifest_with_referrers_by_tag() {
    try (Pair pair = Pair.of(Place.EMBEDDED_OLD, folder)) {
      assertThat(questionsForNothing(pair, Samples.Kind.SIGNED_BY_REFERRER)).isEqualTo(2 + 2 * 2);
    }
  }

  @Test
  void asks_one_more_for_each_manifest_where_the_registry_keeps_the_referrers() {
    try (Pair pair = Pair.of(Place.EMBEDDED, folder)) {
      assertThat(questionsForNothing(pair, Samples.Kind.FOUR_PLATFORM_INDEX)).isEqualTo(2 + 5);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EMBEDDED", "EMBEDDED_OLD"})
  void brings_a_signature_that_has_come_since(Place place) {
    try (Pair pair = Pair.of(place, folder)) {
      Digest digest = Samples.write(Samples.Kind.FOUR_PLATFORM_INDEX, pair.author());
      copy(pair, digest);
      assertThat(copy(pair, digest).nothingSent()).isTrue();
      Digest platform = pair.author().manifest(digest).contents().manifests().getLast().digest();
      RawManifest signature = Samples.signByTag(pair.author(), platform);

      CopyReport report = copy(pair, digest);

      String tag = ReferrersTag.of(platform) + ".sig";
      assertThat(report.signatureTags()).containsExactly(tag);
      assertThat(pair.target().manifest(tag)).isEqualTo(signature);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EMBEDDED", "EMBEDDED_OLD"})
  void brings_referrers_that_have_come_since_one_by_one(Place place) {
    try (Pair pair = Pair.of(place, folder)) {
      Digest digest = Samples.write(Samples.Kind.PLAIN_MANIFEST, pair.author());
      Descriptor subject = pair.author().manifest(digest).descriptor();
      copy(pair, digest);
      for (String what : new String[] {"first", "second"}) {
        Samples.put(pair.author(), Samples.referrer(pair.author(), subject, what));

        copy(pair, digest);

        assertThat(referrers(pair.target(), digest)).isEqualTo(referrers(pair.author(), digest));
      }
      assertThat(referrers(pair.target(), digest)).hasSize(2);
    }
  }

  @Test
  void brings_back_a_signature_that_the_target_has_lost() {
    try (Pair pair = Pair.of(Place.EMBEDDED, folder)) {
      Digest digest = Samples.write(Samples.Kind.SIGNED_BY_TAG, pair.author());
      CopyReport first = copy(pair, digest);
      String tag = first.signatureTags().iterator().next();
      assertThat(pair.to().registry().deleteTag("prod/app", tag)).isTrue();

      copy(pair, digest);

      assertThat(pair.target().manifest(tag)).isEqualTo(pair.author().manifest(tag));
    }
  }

  @Test
  void sends_everything_again_to_a_target_that_has_lost_it() {
    try (Pair pair = Pair.of(Place.EMBEDDED_OLD, folder)) {
      Digest digest = Samples.write(Samples.Kind.FOUR_PLATFORM_INDEX, pair.author());
      copy(pair, digest);
      Repository elsewhere = Place.client(pair.behind().host()).repository("other/app");

      CopyReport report = copier.copy(pair.source(), elsewhere, digest, Progress.none());

      assertThat(report.manifestsSent()).isEqualTo(5);
      assertThat(elsewhere.manifest(digest)).isEqualTo(pair.author().manifest(digest));
    }
  }

  private static Set<Digest> referrers(Repository place, Digest subject) {
    return place.referrers(subject).manifests().stream()
        .map(Descriptor::digest)
        .collect(Collectors.toSet());
  }
}
