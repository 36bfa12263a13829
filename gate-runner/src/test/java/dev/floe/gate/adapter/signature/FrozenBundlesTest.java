package dev.floe.gate.adapter.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.gate.adapter.signature.Finding.Invalid;
import dev.floe.gate.adapter.signature.Finding.Valid;
import dev.floe.kernel.Requirement;
import dev.floe.manifest.Signers.Keyless;
import dev.floe.oci.RawManifest;
import dev.floe.oci.testing.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against bundles that Sigstore's own tools made; see README.md beside them. */
@Requirement("328.9")
class FrozenBundlesTest {

  private static final Path FOLDER = Path.of("src/test/resources/sigstore");
  private static final String ISSUER = "https://token.actions.githubusercontent.com";
  private static final String WORKFLOW =
      "https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/"
          + ".github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main";
  private static final String BUILDER =
      "https://github[.]com/sigstore-conformance/.*@refs/heads/main";

  private static String text(String name) throws IOException {
    return Files.readString(FOLDER.resolve(name));
  }

  private static RawManifest artifact() throws IOException {
    return RawManifest.of(text("a.txt").getBytes(UTF_8), "text/plain");
  }

  private static RawManifest other() {
    return RawManifest.of("other".getBytes(UTF_8), "text/plain");
  }

  private static Keyless keyless(String issuer, String identity) {
    return new Keyless(FOLDER.resolve("trusted_root.json").toString(), issuer, identity, null);
  }

  private static Keyless matching(String root, String regexp) {
    return new Keyless(FOLDER.resolve(root).toString(), ISSUER, null, regexp);
  }

  private static Finding check(String bundle, Keyless keyless, RawManifest artifact) {
    byte[] json = bundle.getBytes(UTF_8);
    return new TrustedIdentity(keyless).check("bundle", json, SigstoreBundle.read(json), artifact);
  }

  @Nested
  class Made_with_a_key {

    private Finding check(String bundle, RawManifest artifact, String pem) {
      List<TrustedKey> keys = List.of(TrustedKey.read("key.pub", pem));
      return SigstoreBundle.read(bundle.getBytes(UTF_8)).check("bundle", artifact, keys);
    }

    @Test
    void holds_for_its_artifact_and_key_alone() throws IOException {
      String bundle = text("key.bundle.json");
      String other = Signer.named("other").pem();

      assertThat(check(bundle, artifact(), text("key.pub"))).isInstanceOf(Valid.class);
      assertThat(check(bundle, artifact(), other)).isInstanceOf(Invalid.class);
      assertThat(check(bundle, other(), text("key.pub"))).isInstanceOf(Invalid.class);
    }

    @Test
    void must_agree_with_itself_about_the_digest() throws IOException {
      String digest = "oM/HEnHW4njlfNMy/5V8P3BD/do1TEy7GQow1W76Ab8=";
      String bundle = text("key.bundle.json");
      assertThat(bundle).contains(digest);

      Finding finding = check(bundle.replace(digest, "AAAA"), artifact(), text("key.pub"));

      assertThat(finding).isEqualTo(new Invalid("bundle", "it is for another artifact"));
    }
  }

  @Nested
  class Made_with_a_certificate {

    @Test
    void holds_for_its_artifact_and_identity_alone() throws IOException {
      String bundle = text("keyless-message.bundle.json");

      assertThat(check(bundle, keyless(ISSUER, WORKFLOW), artifact()))
          .isEqualTo(new Valid(WORKFLOW + " (" + ISSUER + ")", "bundle"));
      for (Keyless stranger :
          List.of(
              keyless(ISSUER, WORKFLOW + "2"),
              keyless(ISSUER, WORKFLOW.substring(0, 40)),
              keyless("https://accounts.google.com", WORKFLOW),
              matching("trusted_root.json", "https://github.com/sigstore-conformance/"),
              matching("staging_trusted_root.json", ".*"))) {
        assertThat(check(bundle, stranger, artifact()))
            .as(stranger.toString())
            .isInstanceOf(Invalid.class);
      }
      assertThat(check(bundle, keyless(ISSUER, WORKFLOW), other())).isInstanceOf(Invalid.class);
    }

    @Test
    void may_be_of_any_identity_that_matches_as_a_whole() throws IOException {
      String statement = text("keyless-statement.bundle.json");

      assertThat(check(statement, matching("trusted_root.json", BUILDER), artifact()))
          .isInstanceOf(Valid.class);
      assertThat(check(statement, matching("trusted_root.json", BUILDER), other()))
          .isInstanceOf(Invalid.class);
      assertThat(
              check(statement, matching("trusted_root.json", "sigstore-conformance"), artifact()))
          .isInstanceOf(Invalid.class);
    }

    @Test
    void may_be_of_the_second_generation_of_logs() throws IOException {
      String bundle = text("rekor2.bundle.json");

      assertThat(check(bundle, matching("staging_trusted_root.json", ".*"), artifact()))
          .isInstanceOf(Valid.class);
      assertThat(check(bundle, matching("trusted_root.json", ".*"), artifact()))
          .isInstanceOf(Invalid.class);
    }

    @Test
    void that_was_not_valid_when_it_was_used_does_not_count() throws IOException {
      Keyless keyless =
          keyless(
              "https://accounts.google.com",
              "untrusted-sa@sigstore-conformance.iam.gserviceaccount.com");

      assertThat(check(text("logged-in-future.bundle.json"), keyless, artifact()))
          .asString()
          .contains("when the certificate was not valid");
    }

    @Test
    void without_a_time_does_not_count() throws IOException {
      assertThat(
              check(
                  text("no-time.bundle.json"),
                  matching("staging_trusted_root.json", ".*"),
                  artifact()))
          .isInstanceOf(Invalid.class)
          .asString()
          .contains("No timestamp verification");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "(\"signature\": ?\"MEU)          | $1A",
          "(\"signedEntryTimestamp\": ?\"ME.) | $1A",
          "(\"integratedTime\": ?\")1        | $12",
          "(\"rootHash\": ?\").              | $1Z",
          "(\"treeSize\": ?\").              | $1",
          "\"tlogEntries\":                 | \"noEntries\":",
          "\"inclusionPromise\":            | \"noPromise\":",
          "\"inclusionProof\":              | \"noProof\":",
        })
    void that_was_changed_does_not_count(String from, String to) throws IOException {
      String bundle = text("keyless-message.bundle.json");
      String changed = bundle.replaceFirst(from, to);
      assertThat(changed).isNotEqualTo(bundle);

      assertThat(check(changed, keyless(ISSUER, WORKFLOW), artifact())).isInstanceOf(Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"statement-bad-signature.bundle.json", "key.bundle.json"})
    void whose_signature_is_of_something_else_does_not_count(String bundle) throws IOException {
      assertThat(check(text(bundle), matching("trusted_root.json", ".*"), artifact()))
          .isInstanceOf(Invalid.class);
    }
  }

  @Test
  void a_file_that_is_no_trusted_root_is_named() {
    assertThatThrownBy(() -> new TrustedIdentity(matching("a.txt", ".*")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a.txt is not readable as a trusted root");
    assertThatThrownBy(
            () -> new TrustedIdentity(new Keyless("trusted_root.json", ISSUER, null, null)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
