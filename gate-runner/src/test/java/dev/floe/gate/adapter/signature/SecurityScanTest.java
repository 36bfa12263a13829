package dev.floe.gate.adapter.signature;

import static dev.floe.gate.application.GateResult.Outcome.ERRORED;
import static dev.floe.gate.application.GateResult.Outcome.FAILED;
import static dev.floe.gate.application.GateResult.Outcome.PASSED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.embedded.oci.OciRegistryServer;
import dev.floe.gate.application.GateResult;
import dev.floe.gate.application.SignatureOrder;
import dev.floe.gate.application.Subject;
import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Registry;
import dev.floe.manifest.RegistryAccess;
import dev.floe.manifest.RegistryUrl;
import dev.floe.manifest.Signers.Keyless;
import dev.floe.oci.connect.Registries;
import dev.floe.oci.testing.SignedPlace;
import dev.floe.oci.testing.Signer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Requirement("328.9")
class SecurityScanTest {

  private static final Signer ADA = Signer.named("ada.pub");
  private static final Signer BEN = Signer.named("ben.pub");

  @TempDir Path folder;
  private final Registries registries = Registries.withDefaults();
  private OciRegistryServer server;
  private SignedPlace place;

  @BeforeEach
  void publish() throws IOException {
    server = OciRegistryServer.start(folder);
    place =
        SignedPlace.with(
            registries.repository(url(), "platform", RegistryAccess.anonymous()), "v1.2.3");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private RegistryUrl url() {
    return RegistryUrl.parse("oci://" + server.host() + "/dev");
  }

  private GateResult scan(Signer... signers) {
    return scan(order(url(), place.artifact().digest(), Duration.ofSeconds(20), signers));
  }

  private GateResult scan(SignatureOrder order) {
    return new SecurityScan(registries).verify(order);
  }

  static SignatureOrder order(RegistryUrl url, Digest digest, Duration time, Signer... signers) {
    return new SignatureOrder(
        "security_scan",
        Arrays.stream(signers).map(SecurityScanTest::key).toList(),
        Optional.empty(),
        time,
        new Registry("primary", url, RegistryAccess.anonymous()),
        "platform",
        new Subject(url + "/platform@" + digest, digest, "v1.2.3", "dev", "staging"));
  }

  private static SignatureOrder.Key key(Signer signer) {
    return new SignatureOrder.Key(signer.name(), signer.pem());
  }

  private String payload() {
    return Signer.payload(place.digest());
  }

  private void assertInvalid(GateResult result, String why) {
    assertThat(result.outcome()).isEqualTo(FAILED);
    assertThat(result.reason()).isEqualTo("signature-invalid");
    assertThat(result.message()).contains(place.digest()).contains(why);
    assertThat(result.output()).contains("✗ ", why, "accepted: ada.pub (sha256:");
    assertThat(result.hint()).contains("promote again");
  }

  @Test
  void an_artifact_without_a_signature_fails() {
    GateResult result = scan(ADA);

    assertThat(result.outcome()).isEqualTo(FAILED);
    assertThat(result.reason()).isEqualTo("not-signed");
    assertThat(result.message()).contains("platform@" + place.digest() + " has no signature");
    assertThat(result.hint()).contains("cosign sign --key").contains(place.digest());
  }

  @Nested
  class A_cosign_signature {

    @ParameterizedTest
    @EnumSource(Signer.Kind.class)
    void by_an_accepted_key_passes_and_names_the_key(Signer.Kind kind) {
      Signer signer = Signer.of(kind, "release.pub");
      place.signUnderTag(signer);

      GateResult result = scan(ADA, signer);

      assertThat(result.outcome()).describedAs(result.output()).isEqualTo(PASSED);
      assertThat(result.output())
          .matches(
              "✓ cosign signature under sha256-[0-9a-f]{64}.sig: signed by release.pub"
                  + " \\(sha256:[0-9a-f]{64}\\)");
      assertThat(result.outputDigest()).isEqualTo(Digest.sha256(result.output()));
    }

    @Test
    void by_another_key_does_not_count() {
      place.signUnderTag(BEN);

      assertInvalid(scan(ADA), "none of the accepted keys made it");
    }

    @Test
    @Requirement("326.5")
    void stops_to_count_when_its_key_is_taken_out_of_the_manifest() {
      place.signUnderTag(BEN);
      assertThat(scan(ADA, BEN).outcome()).isEqualTo(PASSED);

      assertInvalid(scan(ADA), "none of the accepted keys made it");
    }

    @Test
    void may_stand_beside_others_of_the_same_payload() {
      place.signUnderTag(BEN, ADA);

      GateResult result = scan(ADA);

      assertThat(result.outcome()).describedAs(result.output()).isEqualTo(PASSED);
      assertThat(result.output()).contains("✗ ", "layer 1: none of", "layer 2: signed by ada.pub");
    }

    @Test
    void of_another_digest_does_not_count() {
      String other = Signer.payload("sha256:" + "a".repeat(64));
      place.putUnderTag(place.layer(other, ADA.sign(other.getBytes(UTF_8))));

      assertInvalid(scan(ADA), "it signs sha256:" + "a".repeat(64) + " instead");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "cosign container image signature | atomic container signature | it is of type \"atomic",
          "\"critical\"                     | \"uncritical\"             | no \"critical\"",
          "docker-manifest-digest           | digest                     | it signs nothing"
              + " instead",
          "\"optional\":null                | \"critical\":null          | stands twice in one"
              + " object",
          "{\"critical\"                    | [\"critical\"              | it is malformed",
        })
    void whose_payload_says_something_else_does_not_count(String from, String to, String why) {
      String payload = payload().replace(from, to);
      place.putUnderTag(place.layer(payload, ADA.sign(payload.getBytes(UTF_8))));

      assertInvalid(scan(ADA), why);
    }

    @Test
    void whose_payload_was_changed_after_signing_does_not_count() {
      String changed = payload().replace("acme", "evil");
      place.putUnderTag(place.layer(changed, ADA.sign(payload().getBytes(UTF_8))));

      assertInvalid(scan(ADA), "none of the accepted keys made it");
    }

    @Test
    void that_is_garbage_does_not_count() {
      place.putUnderTag(
          place.layer(payload(), "&&&&"),
          place.layer(payload(), ""),
          place.layer("text/plain", payload(), ADA.sign(payload().getBytes(UTF_8))));

      GateResult result = scan(ADA);

      assertInvalid(result, "its base64 is broken");
      assertThat(result.output()).contains("it is of media type text/plain");
      place.putUnderTag();
      assertInvalid(scan(ADA), "it is empty");
    }

    @Test
    void whose_payload_is_too_large_does_not_count() {
      String large = payload() + " ".repeat(SignatureSearch.LARGEST);
      place.putUnderTag(place.layer(large, ADA.sign(large.getBytes(UTF_8))));

      assertInvalid(scan(ADA), "it is larger than 1 MiB");
    }

    @Test
    void among_more_than_anyone_needs_is_not_searched_for_without_end() {
      String bad = place.layer(payload(), BEN.sign(payload().getBytes(UTF_8)));
      String good = place.layer(payload(), ADA.sign(payload().getBytes(UTF_8)));
      String[] layers =
          IntStream.rangeClosed(1, 150).mapToObj(i -> i == 140 ? good : bad).toArray(String[]::new);
      place.putUnderTag(layers);

      GateResult result = scan(ADA);

      assertThat(result.reason()).isEqualTo("signature-invalid");
      assertThat(result.message()).contains("and 98 more");
      assertThat(result.output()).contains("only the first 100 of 150 were looked at");
      assertThat(result.output().length()).isLessThanOrEqualTo(8 * 1024);
    }
  }

  @Nested
  class A_bundle {

    @ParameterizedTest
    @EnumSource(Signer.Kind.class)
    void over_the_artifact_passes(Signer.Kind kind) {
      Signer signer = Signer.of(kind, "release.pub");
      Digest bundle = place.attach(signer.messageBundle(place.artifact())).digest();

      GateResult result = scan(ADA, signer);

      assertThat(result.outcome()).describedAs(result.output()).isEqualTo(PASSED);
      assertThat(result.output()).startsWith("✓ bundle " + bundle + ": signed by release.pub (");
    }

    @ParameterizedTest
    @EnumSource(Signer.Kind.class)
    void over_a_statement_about_it_passes(Signer.Kind kind) {
      Signer signer = Signer.of(kind, "release.pub");
      place.attach(signer.statementBundle(Signer.statement(place.digest(), Signer.SIGN)));

      assertThat(scan(signer).outcome()).isEqualTo(PASSED);
    }

    @Test
    void is_looked_for_where_the_tag_has_nothing_that_counts() {
      place.signUnderTag(BEN);
      place.attach(ADA.messageBundle(place.artifact()));

      assertThat(scan(ADA).outcome()).isEqualTo(PASSED);
    }

    @Test
    void by_another_key_or_over_another_artifact_does_not_count() {
      SignedPlace other = SignedPlace.with(place.repository(), "another artifact");
      place.attach(BEN.messageBundle(place.artifact()));
      assertInvalid(scan(ADA), "none of the accepted keys made it of this artifact");

      place.attach(ADA.messageBundle(other.artifact()));
      assertInvalid(scan(ADA), "none of the accepted keys made it of this artifact");

      place.attach(ADA.statementBundle(Signer.statement(other.digest(), Signer.SIGN)));
      assertInvalid(scan(ADA), "its statement is about another artifact");
    }

    @Test
    void that_tells_of_a_finding_is_no_signature() {
      place.attach(
          ADA.statementBundle(
              Signer.statement(place.digest(), "https://in-toto.io/attestation/vulns/v0.2")));

      assertInvalid(scan(ADA), "its statement \"https://in-toto.io/attestation/vulns/v0.2\" is no");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "bundle.v0.3     | bundle.v0.4        | is not a bundle v0.3",
          "publicKey       | somethingElse      | it names neither a key nor a certificate",
          "publicKey       | certificate        | it was signed with a certificate",
          "messageSignature| noSignature        | either a message signature or a DSSE",
          "\"signature\":\"| \"signature\":\"A  | base64",
          "\"signature\"   | \"sig\"            | it has no \"signature\"",
          "}}              | }                  | it is malformed",
        })
    void that_is_malformed_does_not_count(String from, String to, String why) {
      place.attach(ADA.messageBundle(place.artifact()).replaceFirst(Pattern.quote(from), to));

      assertInvalid(scan(ADA), why);
    }

    @Test
    void with_a_tampered_statement_does_not_count() {
      String honest =
          ADA.statementBundle(Signer.statement("sha256:" + "a".repeat(64), Signer.SIGN));
      String wanted = BEN.statementBundle(Signer.statement(place.digest(), Signer.SIGN));
      String payload = wanted.replaceFirst(".*\"payload\":\"([^\"]*)\".*", "$1");

      place.attach(
          honest.replaceFirst("\"payload\":\"[^\"]*\"", "\"payload\":\"" + payload + "\""));

      assertInvalid(scan(ADA), "none of the accepted keys made it");
    }

    @Test
    void with_an_envelope_that_two_signed_does_not_count() {
      String bundle = ADA.statementBundle(Signer.statement(place.digest(), Signer.SIGN));

      place.attach(bundle.replaceFirst("\\[(\\{\"sig\".*?})]", "[$1,$1]"));

      assertInvalid(scan(ADA), "it holds 2 signatures, not one");
    }

    @Test
    void must_be_one_and_of_a_sensible_size() {
      place.attach(
          place.artifact().descriptor(),
          ADA.messageBundle(place.artifact()),
          BEN.messageBundle(place.artifact()));
      assertInvalid(scan(ADA), "it has 2 bundles, not one");

      place.attach(ADA.messageBundle(place.artifact()) + " ".repeat(SignatureSearch.LARGEST));
      assertThat(scan(ADA).output()).contains("it is larger than 1 MiB");
    }
  }

  @Test
  void nobody_to_accept_errors_even_for_a_signed_artifact() {
    place.signUnderTag(ADA);

    GateResult result = scan();

    assertThat(result.outcome()).isEqualTo(ERRORED);
    assertThat(result.reason()).isEqualTo("no keys");
    assertThat(result.hint()).contains("keys: [file:/etc/floe/cosign.pub]");
  }

  @Test
  void a_key_or_trusted_root_that_is_none_errors() {
    place.signUnderTag(ADA);
    SignatureOrder order = order(url(), place.artifact().digest(), Duration.ofSeconds(20), ADA);

    GateResult key = scan(with(order, List.of(key(ADA), bad("not a key")), Optional.empty()));
    GateResult root =
        scan(with(order, order.keys(), Optional.of(new Keyless("/nowhere", "i", "a", null))));

    assertThat(key.outcome()).isEqualTo(ERRORED);
    assertThat(key.reason()).isEqualTo("key not usable");
    assertThat(key.message()).contains("bad.pub").contains("no public key in PEM");
    assertThat(root.outcome()).isEqualTo(ERRORED);
    assertThat(root.reason()).isEqualTo("trusted root not usable");
    assertThat(root.message()).contains("/nowhere");
  }

  private static SignatureOrder.Key bad(String pem) {
    return new SignatureOrder.Key("bad.pub", pem);
  }

  private static SignatureOrder with(
      SignatureOrder order, List<SignatureOrder.Key> keys, Optional<Keyless> keyless) {
    return new SignatureOrder(
        order.gate(),
        keys,
        keyless,
        order.timeout(),
        order.registry(),
        order.artifact(),
        order.subject());
  }

  @Test
  void an_artifact_or_a_registry_that_is_not_there_errors() {
    Digest gone = Digest.sha256("gone");
    GateResult absent = scan(order(url(), gone, Duration.ofSeconds(20), ADA));
    RegistryUrl url = url();
    server.close();
    GateResult down = scan(order(url, place.artifact().digest(), Duration.ofSeconds(20), ADA));

    assertThat(absent.outcome()).isEqualTo(ERRORED);
    assertThat(absent.reason()).isEqualTo("artifact not readable");
    assertThat(down.outcome()).isEqualTo(ERRORED);
    assertThat(down.reason()).isEqualTo("artifact not readable");
    assertThat(down.hint()).contains("answers, then promote again");
  }

  @Test
  void a_registry_that_says_nothing_is_waited_for_no_longer_than_the_gate_may_take()
      throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      RegistryUrl url = RegistryUrl.parse("oci://127.0.0.1:" + silent.getLocalPort() + "/dev");

      GateResult result = scan(order(url, Digest.sha256("x"), Duration.ofMillis(400), ADA));

      assertThat(result.outcome()).isEqualTo(ERRORED);
      assertThat(result.reason()).isEqualTo("timeout after 400ms");
      assertThat(result.duration()).isLessThan(Duration.ofSeconds(5));
    }
  }
}
