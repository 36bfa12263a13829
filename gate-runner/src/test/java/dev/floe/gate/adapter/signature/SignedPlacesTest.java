package dev.floe.gate.adapter.signature;

import static dev.floe.gate.application.GateResult.Outcome.FAILED;
import static dev.floe.gate.application.GateResult.Outcome.PASSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.floe.gate.application.GateResult;
import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import dev.floe.manifest.RegistryAccess;
import dev.floe.manifest.RegistryUrl;
import dev.floe.oci.Descriptor;
import dev.floe.oci.ReferrersTag;
import dev.floe.oci.connect.Registries;
import dev.floe.oci.testing.Place;
import dev.floe.oci.testing.Samples;
import dev.floe.oci.testing.SignedPlace;
import dev.floe.oci.testing.Signer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In registries with and without the referrers API, and in a layout on disk. */
@Requirement("328.9")
class SignedPlacesTest {

  private static final Signer ADA = Signer.named("ada.pub");
  private static final Signer BEN = Signer.named("ben.pub");

  @TempDir Path folder;
  private final Registries registries = Registries.withDefaults();

  private RegistryUrl url(Place.Open open) {
    return RegistryUrl.parse(
        open.host().isEmpty() ? "oci-layout:" + folder : "oci://" + open.host() + "/dev");
  }

  private GateResult scan(Place.Open open, SignedPlace place, Signer... signers) {
    return new SecurityScan(registries)
        .verify(
            SecurityScanTest.order(
                url(open), place.artifact().digest(), Duration.ofSeconds(20), signers));
  }

  private SignedPlace publish(Place.Open open, String name) {
    return SignedPlace.with(
        registries.repository(url(open), "platform", RegistryAccess.anonymous()), name);
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void each_form_counts_by_the_right_key_alone(Place kind) {
    assumeTrue(kind.isThere());
    try (Place.Open open = kind.open(folder)) {
      SignedPlace tagged = publish(open, "tagged");
      SignedPlace attached = publish(open, "attached");
      SignedPlace unsigned = publish(open, "unsigned");
      tagged.signUnderTag(ADA);
      attached.attach(ADA.statementBundle(Signer.statement(attached.digest(), Signer.SIGN)));

      assertThat(scan(open, tagged, ADA).outcome()).isEqualTo(PASSED);
      assertThat(scan(open, tagged, BEN).reason()).isEqualTo("signature-invalid");
      assertThat(scan(open, attached, ADA).outcome()).isEqualTo(PASSED);
      assertThat(scan(open, attached, BEN).reason()).isEqualTo("signature-invalid");
      assertThat(scan(open, unsigned, ADA).reason()).isEqualTo("not-signed");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Place.class,
      names = {"EMBEDDED_OLD", "DOCKER"})
  void a_fallback_tag_that_lists_what_does_not_belong_there_passes_nothing(Place kind) {
    assumeTrue(kind.isThere());
    try (Place.Open open = kind.open(folder)) {
      SignedPlace signed = publish(open, "signed");
      SignedPlace forged = publish(open, "forged");
      Digest bundle = signed.attach(ADA.messageBundle(signed.artifact())).digest();
      var list = signed.repository().manifest(ReferrersTag.of(signed.artifact().digest()));
      forged.repository().tag(ReferrersTag.of(forged.artifact().digest()), list);

      GateResult result = scan(open, forged, ADA);

      assertThat(result.outcome()).isEqualTo(FAILED);
      assertThat(result.reason()).isEqualTo("signature-invalid");
      assertThat(result.output()).contains(bundle + ": it refers to another artifact");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Place.class,
      names = {"EMBEDDED", "DOCKER", "LAYOUT"})
  void a_payload_that_was_swapped_in_storage_does_not_count(Place kind) throws Exception {
    assumeTrue(kind.isThere());
    try (Place.Open open = kind.open(folder)) {
      SignedPlace place = publish(open, "signed");
      place.signUnderTag(ADA);
      String payload = Signer.payload(place.digest());
      Descriptor blob =
          Samples.blob(
              place.repository(), CosignSignature.LAYER, payload.getBytes(StandardCharsets.UTF_8));
      Files.writeString(stored(blob), payload.replace("acme", "evil"));

      GateResult result = scan(open, place, ADA);

      assertThat(result.outcome()).isEqualTo(FAILED);
      assertThat(result.reason()).isEqualTo("signature-invalid");
      assertThat(result.message()).contains("does not have the digest that it is listed under");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Place.class,
      names = {"LAYOUT"})
  void a_payload_that_is_gone_does_not_count(Place kind) throws Exception {
    try (Place.Open open = kind.open(folder)) {
      SignedPlace place = publish(open, "signed");
      place.signUnderTag(ADA);
      String payload = Signer.payload(place.digest());
      Files.delete(
          stored(
              Samples.blob(
                  place.repository(),
                  CosignSignature.LAYER,
                  payload.getBytes(StandardCharsets.UTF_8))));

      assertThat(scan(open, place, ADA).message()).contains("its content is missing");
    }
  }

  private Path stored(Descriptor blob) throws java.io.IOException {
    String hex = blob.digest().hex();
    try (var files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> f.toString().contains(hex) && f.toFile().length() == blob.size())
          .findFirst()
          .orElseThrow();
    }
  }
}
