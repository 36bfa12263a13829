package dev.floe.local;

import static dev.floe.local.Course.DANA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import dev.floe.manifest.RegistryAccess;
import dev.floe.manifest.RegistryUrl;
import dev.floe.manifest.Secret;
import dev.floe.oci.Repository;
import dev.floe.oci.connect.Registries;
import dev.floe.oci.testing.SignedPlace;
import dev.floe.oci.testing.Signer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The main job where only what somebody has signed may move on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Requirement("328.9")
class SignaturesIT {

  private static final Signer RELEASE = Signer.named("release");
  private static final Signer STRANGER = Signer.named("stranger");

  private Whole whole;

  @BeforeAll
  void start() {
    whole = Whole.running();
    whole.apply(Manifests.signedBy(RELEASE.pem()));
  }

  @AfterAll
  void stop() {
    whole.apply(Manifests.COURSE);
  }

  @Test
  void what_nobody_signed_is_refused_with_exit_code_6() {
    Course course = whole.course("signing", "v1.0.0");
    course.publish();

    Shell refused = promote(course);

    assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(6);
    assertThat(refused.out()).contains("\"signature-invalid\"", "not-signed");
    assertThat(whole.registry().tags("staging/signing")).doesNotContain("v1.0.0-staging");
  }

  @Test
  void what_somebody_else_signed_is_refused_with_exit_code_6() {
    Course course = whole.course("signing", "v1.1.0");
    sign(course.publish(), STRANGER);

    Shell refused = promote(course);

    assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(6);
    assertThat(refused.out())
        .contains("\"signature-invalid\"", "none of the accepted keys made it");
    assertThat(whole.registry().tags("staging/signing")).doesNotContain("v1.1.0-staging");
  }

  @Test
  void what_is_signed_passes_and_takes_its_signature_along() {
    Course course = whole.course("signing", "v1.2.0");
    String digest = course.publish();
    sign(digest, STRANGER, RELEASE);

    Shell promoted = promote(course);

    assertThat(promoted.exitCode()).as(promoted.toString()).isZero();
    assertThat(whole.registry().digest("staging/signing", "v1.2.0-staging")).contains(digest);
    assertThat(whole.registry().tags("staging/signing"))
        .contains(digest.replace(':', '-') + ".sig");
  }

  private Shell promote(Course course) {
    return whole.shell(
        DANA,
        "platform",
        "promote",
        course.version(),
        "staging",
        "--artifact",
        course.artifact(),
        "-o",
        "json");
  }

  /** As cosign does, by whoever may publish. */
  private void sign(String digest, Signer... signers) {
    RegistryUrl dev = RegistryUrl.parse("oci://%s/dev".formatted(whole.door().host()));
    var dana = RegistryAccess.with(new Secret.Inline("dana:" + whole.door().token(DANA)));
    Repository repository = Registries.withDefaults().repository(dev, "signing", dana);
    new SignedPlace(repository, repository.manifest(Digest.parse(digest))).signUnderTag(signers);
  }
}
