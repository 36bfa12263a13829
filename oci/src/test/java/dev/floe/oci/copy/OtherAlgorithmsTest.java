package dev.floe.oci.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import dev.floe.oci.Descriptor;
import dev.floe.oci.RawManifest;
import dev.floe.oci.ReferrersTag;
import dev.floe.oci.Repository;
import dev.floe.oci.Tagger;
import dev.floe.oci.testing.Place;
import dev.floe.oci.testing.Samples;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An artifact that is known by its SHA-512. */
@Requirement("337.2")
class OtherAlgorithmsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = Place.class,
      names = {"EMBEDDED", "EMBEDDED_OLD", "LAYOUT"})
  void is_copied_and_tagged_with_what_refers_to_it(Place kind) {
    try (Place.Open from = Place.EMBEDDED_OLD.open(folder.resolve("from"));
        Place.Open to = kind.open(folder.resolve("to"))) {
      Repository source = from.registry().repository("dev/app");
      Repository target = to.registry().repository("prod/app");
      byte[] image = Samples.image(source, "app", false).bytes();
      Digest digest = Samples.sha512(image);
      RawManifest root = RawManifest.of(image, dev.floe.oci.MediaTypes.OCI_MANIFEST, digest);
      source.putManifest(root);
      source.tag("v1", root);
      RawManifest bundle = Samples.referrer(source, root.descriptor(), "a bundle");
      source.putManifest(bundle);
      assertThat(source.tags()).contains("sha512-" + digest.hex().substring(0, 64));

      CopyReport report = new Copier().copy(source, target, digest, Progress.none());
      Tagger.assign(target, "v1", digest, Tagger.Mobility.IMMUTABLE);

      assertThat(report.referrers()).containsExactly(bundle.digest());
      assertThat(target.manifest(digest).bytes()).isEqualTo(image);
      assertThat(target.manifest("v1").bytes()).isEqualTo(image);
      assertThat(target.referrers(digest).manifests())
          .extracting(Descriptor::digest)
          .containsExactly(bundle.digest());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Place.class,
      names = {"EMBEDDED_OLD", "DOCKER"})
  void the_list_of_its_referrers_arrives_byte_for_byte(Place kind) {
    org.junit.jupiter.api.Assumptions.assumeTrue(kind.isThere());
    try (Place.Open from = Place.EMBEDDED_OLD.open(folder.resolve("from"));
        Place.Open to = kind.open(folder.resolve("to"))) {
      Repository source = from.registry().repository("dev/app");
      Repository target = to.registry().repository("prod/app");
      Digest digest = Samples.write(Samples.Kind.SIGNED_BY_REFERRER, source);
      String tag = ReferrersTag.of(digest);
      RawManifest ours = source.manifest(tag);
      String spaced = new String(ours.bytes(), java.nio.charset.StandardCharsets.UTF_8) + "\n ";
      RawManifest theirs = RawManifest.of(Samples.text(spaced), ours.mediaType());
      source.tag(tag, theirs);

      new Copier().copy(source, target, digest, Progress.none());

      assertThat(target.manifest(tag).bytes()).isEqualTo(theirs.bytes());
    }
  }
}
