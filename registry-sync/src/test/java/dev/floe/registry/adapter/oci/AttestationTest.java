package dev.floe.registry.adapter.oci;

import static dev.floe.registry.domain.Promoted.EVIDENCE;
import static dev.floe.registry.domain.Promoted.LATEST;
import static dev.floe.registry.domain.Promoted.VERSION;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.floe.embedded.oci.OciRegistry;
import dev.floe.embedded.oci.OciRegistryServer;
import dev.floe.embedded.oci.WritePolicy;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Promotion.Attestation;
import dev.floe.manifest.RegistryAccess;
import dev.floe.manifest.RegistryUrl;
import dev.floe.manifest.Secret;
import dev.floe.oci.BlobSource;
import dev.floe.oci.Contents;
import dev.floe.oci.Descriptor;
import dev.floe.oci.MediaTypes;
import dev.floe.oci.RawManifest;
import dev.floe.oci.Repository;
import dev.floe.oci.connect.Registries;
import dev.floe.oci.copy.Copier;
import dev.floe.oci.json.Json;
import dev.floe.oci.json.JsonWriter;
import dev.floe.oci.testing.Certificates;
import dev.floe.registry.application.CopyWatch;
import dev.floe.registry.domain.Evidence;
import dev.floe.registry.domain.RegistryEvent.CatchUpStarted;
import dev.floe.registry.domain.RegistryEvent.ReplicationStarted;
import dev.floe.registry.domain.RegistryTarget;
import dev.floe.registry.domain.ReplicationResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands beside a promoted artifact, in a registry and in a layout. */
class AttestationTest {

  private static final String ARTIFACT = "platform";
  private static final String VERIFIER = "https://floe.acme.com/promotions";

  @TempDir Path folder;
  private final KeyPair pair = Certificates.keys("Ed25519", 255);
  private final Map<String, String> environment = new HashMap<>(Map.of("KEY", Keys.pem(pair)));
  private final Registries registries = Registries.withDefaults();
  private Optional<Attestation> wanted =
      Optional.of(new Attestation(Secret.parse("env:KEY"), VERIFIER));
  private OciRegistryServer server;
  private RegistryTarget dev;
  private RegistryTarget primary;
  private RegistryTarget secondary;
  private Digest digest;

  @BeforeEach
  void publish() throws IOException {
    server =
        OciRegistryServer.start(
            new OciRegistry(folder.resolve("registry"), WritePolicy.password("hush")), 0);
    dev = new RegistryTarget("primary", "oci-layout:" + folder.resolve("dev"));
    primary = new RegistryTarget("primary", "oci://" + server.host() + "/prod");
    secondary = new RegistryTarget("secondary", "oci-layout:" + folder.resolve("second"));
    byte[] config = "{}".getBytes(UTF_8);
    Descriptor empty = new Descriptor(MediaTypes.OCI_EMPTY, Digest.sha256(config), config.length);
    open(dev).putBlob(empty, BlobSource.of(config));
    String manifest =
        """
        {"schemaVersion":2,"mediaType":"%s","artifactType":"application/x","config":%s,"layers":[]}"""
            .formatted(
                MediaTypes.OCI_MANIFEST, new String(JsonWriter.write(empty.toJson()), UTF_8));
    RawManifest artifact = RawManifest.of(manifest.getBytes(UTF_8), MediaTypes.OCI_MANIFEST);
    open(dev).putManifest(artifact);
    digest = artifact.digest();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void says_who_let_it_go_where_and_by_what() throws IOException {
    assertThat(copy(EVIDENCE)).allMatch(ReplicationResult::copied);

    String statement = new String(payload(bundle(primary)), UTF_8);
    assertThat(statement)
        .isEqualTo(
            """
            {"_type":"https://in-toto.io/Statement/v1",\
            "subject":[{"name":"platform","digest":{"sha256":"%s"}}],\
            "predicateType":"https://slsa.dev/verification_summary/v1",\
            "predicate":{"verifier":{"id":"https://floe.acme.com/promotions"},\
            "timeVerified":"2026-11-25T12:00:00Z",\
            "resourceUri":"%s/platform@sha256:%s",\
            "policy":{"uri":"floe:manifest/7","digest":{"sha256":"%s"}},\
            "inputAttestations":[],"verificationResult":"PASSED",\
            "verifiedLevels":["FLOE_PROMOTED_TO_PRE_PROD"],\
            "floe_promotion":{"id":"req-1","version":"v1.2.3","from":"dev","to":"pre-prod",\
            "requestedBy":"user:alice@acme.com","manifestRevision":7,"planHash":"sha256:%s",\
            "gates":[{"name":"unit_tests","definition":"sha256:%s","result":"passed"}],\
            "gatesPassedAt":"2026-11-25T11:59:00Z",\
            "approvals":[{"team":"security","by":"user:bob@acme.com",\
            "at":"2026-11-25T11:59:59Z","via":"http"}]}}}"""
                .formatted(
                    digest.hex(),
                    primary.url(),
                    digest.hex(),
                    "b".repeat(64),
                    "c".repeat(64),
                    "d".repeat(64)));
  }

  @Test
  void is_signed_as_dsse_says() throws IOException {
    copy(EVIDENCE);

    Json bundle = bundle(primary);
    byte[] payload = payload(bundle);
    String head = "DSSEv1 28 application/vnd.in-toto+json %d ".formatted(payload.length);
    byte[] encoded = (head + new String(payload, UTF_8)).getBytes(UTF_8);
    byte[] signature = base64(envelope(bundle).elements("signatures").getFirst(), "sig");
    assertThat(Keys.made(pair.getPublic(), signature, encoded)).isTrue();
  }

  @Test
  void names_the_key_as_cosign_does() throws IOException {
    copy(EVIDENCE);

    Json key = bundle(primary).member("verificationMaterial").orElseThrow();
    byte[] hint = base64(key.member("publicKey").orElseThrow(), "hint");
    assertThat(HexFormat.of().formatHex(hint))
        .isEqualTo(Digest.sha256(pair.getPublic().getEncoded()).hex());
  }

  @Test
  void refers_to_the_artifact_as_a_bundle_does() {
    copy(EVIDENCE);

    Descriptor listed = theReferrer(primary);
    Contents manifest = open(primary).manifest(listed.digest()).contents();
    assertThat(listed.artifactType()).contains("application/vnd.dev.sigstore.bundle.v0.3+json");
    assertThat(listed.annotations())
        .containsEntry("dev.sigstore.bundle.content", "dsse-envelope")
        .containsEntry("dev.sigstore.bundle.predicateType", PromotionStatement.PREDICATE_TYPE)
        .containsEntry("org.opencontainers.image.created", "2026-11-25T12:00:00Z");
    assertThat(manifest.subject()).map(Descriptor::digest).contains(digest);
  }

  @Test
  void is_the_same_in_every_registry_and_after_every_attempt() {
    copy(EVIDENCE);
    copy(EVIDENCE);

    assertThat(theReferrer(primary).digest()).isEqualTo(theReferrer(secondary).digest());
  }

  @Test
  void reaches_a_registry_that_catches_up() {
    copy(EVIDENCE, primary);
    var behind =
        new CatchUpStarted(
            "req-1", VERSION, digest, "dev", "pre-prod", primary, secondary, List.of(), 1, LATEST);

    assertThat(work().catchUp(ARTIFACT, behind, () -> {}).caughtUp()).isTrue();

    assertThat(theReferrer(secondary).digest()).isEqualTo(theReferrer(primary).digest());
  }

  @Test
  void is_not_made_where_the_manifest_names_no_key() {
    wanted = Optional.empty();

    assertThat(copy(EVIDENCE)).allMatch(ReplicationResult::copied);

    assertThat(open(primary).referrers(digest).manifests()).isEmpty();
  }

  @Test
  void is_not_made_of_a_promotion_from_before_evidence_was_told() {
    assertThat(copy(null)).allMatch(ReplicationResult::copied);

    assertThat(open(primary).referrers(digest).manifests()).isEmpty();
  }

  @Test
  void fails_the_copy_where_it_cannot_be_made() {
    environment.remove("KEY");

    assertThat(copy(EVIDENCE))
        .extracting(ReplicationResult::copied, ReplicationResult::trouble)
        .containsOnly(tuple(false, "attestation-failed"));
  }

  private List<ReplicationResult> copy(@Nullable Evidence evidence) {
    return copy(evidence, primary, secondary);
  }

  private List<ReplicationResult> copy(@Nullable Evidence evidence, RegistryTarget... targets) {
    var started =
        new ReplicationStarted(
            "req-1",
            1,
            VERSION,
            digest,
            "dev",
            "pre-prod",
            dev,
            List.of(targets),
            1,
            LATEST,
            evidence);
    return work().copy(ARTIFACT, started).results();
  }

  private OciWork work() {
    return new OciWork(
        (url, _) -> open(new RegistryTarget("", url.toString())),
        new Copier(),
        new Attestor(() -> wanted, environment),
        new CopyWatch());
  }

  private Repository open(RegistryTarget target) {
    RegistryUrl url = RegistryUrl.parse(target.url());
    RegistryAccess access =
        url.isLayout()
            ? RegistryAccess.anonymous()
            : RegistryAccess.with(new Secret.Inline("registry-sync:hush"));
    return registries.repository(url, ARTIFACT, access);
  }

  private Descriptor theReferrer(RegistryTarget place) {
    List<Descriptor> referrers = open(place).referrers(digest).manifests();
    assertThat(referrers).hasSize(1);
    return referrers.getFirst();
  }

  private Json bundle(RegistryTarget place) throws IOException {
    Contents manifest = open(place).manifest(theReferrer(place).digest()).contents();
    try (InputStream layer = open(place).blob(manifest.blobs().getLast())) {
      return Json.read(layer.readAllBytes());
    }
  }

  private static Json envelope(Json bundle) {
    return bundle.member("dsseEnvelope").orElseThrow();
  }

  private static byte[] payload(Json bundle) {
    assertThat(envelope(bundle).text("payloadType")).contains("application/vnd.in-toto+json");
    return base64(envelope(bundle), "payload");
  }

  private static byte[] base64(Json json, String name) {
    return Base64.getDecoder().decode(json.text(name).orElseThrow());
  }
}
