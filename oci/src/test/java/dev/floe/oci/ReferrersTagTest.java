package dev.floe.oci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import dev.floe.oci.testing.Samples;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReferrersTagTest {

  private static final Digest SUBJECT = Digest.sha256("subject");

  private static RawManifest referrer(String title) {
    String text =
        "{\"artifactType\":\"application/sbom\",\"subject\":%s,\"layers\":[],"
                .formatted(Samples.json(new Descriptor("x/y", SUBJECT, 7)))
            + "\"annotations\":{\"title\":\""
            + title
            + "\"}}";
    return RawManifest.of(Samples.text(text), MediaTypes.OCI_MANIFEST);
  }

  @Test
  void is_named_by_algorithm_and_digest() {
    assertThat(ReferrersTag.of(SUBJECT)).isEqualTo("sha256-" + SUBJECT.hex());
  }

  @Test
  void is_cut_where_a_digest_is_longer_as_the_specification_says() {
    Digest sha512 = Samples.sha512(Samples.text("subject"));

    assertThat(ReferrersTag.of(sha512)).isEqualTo("sha512-" + sha512.hex().substring(0, 64));
    assertThat(ReferrersTag.cosign(SUBJECT, ".sig")).contains("sha256-" + SUBJECT.hex() + ".sig");
    assertThat(ReferrersTag.cosign(sha512, ".sig")).isEmpty();
  }

  @Test
  @Requirement("337.2")
  void lists_each_referrer_once_with_type_and_annotations() {
    RawManifest one = ReferrersTag.adding(Optional.empty(), SUBJECT, referrer("1")).orElseThrow();
    RawManifest both = ReferrersTag.adding(Optional.of(one), SUBJECT, referrer("2")).orElseThrow();

    assertThat(ReferrersTag.adding(Optional.of(both), SUBJECT, referrer("1"))).isEmpty();
    assertThat(ReferrersTag.read(both, SUBJECT))
        .extracting(Descriptor::digest)
        .containsExactly(referrer("1").digest(), referrer("2").digest());
    Descriptor first = ReferrersTag.read(both, SUBJECT).getFirst();
    assertThat(first.artifactType()).contains("application/sbom");
    assertThat(first.annotations()).containsEntry("title", "1");
  }

  @Test
  void that_resolves_to_the_subject_itself_lists_nothing() {
    RawManifest index = ReferrersTag.adding(Optional.empty(), SUBJECT, referrer("1")).orElseThrow();

    assertThat(ReferrersTag.read(index, index.digest())).isEmpty();
    assertThat(ReferrersTag.adding(Optional.of(index), index.digest(), referrer("1"))).isPresent();
  }

  @Test
  void that_is_no_index_lists_nothing() {
    RawManifest image = RawManifest.of(Samples.text("{\"layers\":[]}"), MediaTypes.OCI_MANIFEST);

    assertThat(ReferrersTag.read(image, SUBJECT)).isEmpty();
  }
}
