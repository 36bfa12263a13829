package dev.floe.registry.adapter.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.floe.manifest.Digest;
import dev.floe.oci.BlobSource;
import dev.floe.oci.Descriptor;
import dev.floe.oci.Dsse;
import dev.floe.oci.MediaTypes;
import dev.floe.oci.RawManifest;
import dev.floe.oci.json.Json;
import dev.floe.oci.json.JsonWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A signed statement as a Sigstore bundle v0.3 (DSSE envelope), in an OCI manifest that refers to
 * its subject, the way cosign 3 stores attestations.
 *
 * @param config the empty JSON object
 * @param bundle the one layer
 */
record AttestationBundle(Blob config, Blob bundle, RawManifest manifest) {

  /** Content, and what points at it. */
  record Blob(Descriptor descriptor, BlobSource content) {
    static Blob of(String mediaType, byte[] bytes) {
      Descriptor descriptor = new Descriptor(mediaType, Digest.sha256(bytes), bytes.length);
      return new Blob(descriptor, BlobSource.of(bytes));
    }
  }

  /**
   * The bundle about {@code subject}.
   *
   * @param at when the statement was made; part of the manifest
   */
  static AttestationBundle of(byte[] statement, SigningKey key, Descriptor subject, Instant at) {
    Blob config = Blob.of(MediaTypes.OCI_EMPTY, "{}".getBytes(UTF_8));
    Blob bundle = Blob.of(MediaTypes.SIGSTORE_BUNDLE, JsonWriter.write(bundle(statement, key)));
    Json.Members annotations =
        Json.object()
            .with("dev.sigstore.bundle.content", "dsse-envelope")
            .with("dev.sigstore.bundle.predicateType", PromotionStatement.PREDICATE_TYPE)
            .with(
                "org.opencontainers.image.created", at.truncatedTo(ChronoUnit.SECONDS).toString());
    Json manifest =
        Json.object()
            .with("schemaVersion", 2)
            .with("mediaType", MediaTypes.OCI_MANIFEST)
            .with("artifactType", MediaTypes.SIGSTORE_BUNDLE)
            .with("config", config.descriptor().toJson())
            .with("layers", List.of(bundle.descriptor().toJson()))
            .with("subject", subject.toJson())
            .with("annotations", annotations);
    return new AttestationBundle(
        config, bundle, RawManifest.of(JsonWriter.write(manifest), MediaTypes.OCI_MANIFEST));
  }

  private static Json bundle(byte[] statement, SigningKey key) {
    Json.Members signature =
        Json.object().with("sig", base64(key.sign(Dsse.encoded(MediaTypes.IN_TOTO, statement))));
    Json.Members envelope =
        Json.object()
            .with("payload", base64(statement))
            .with("payloadType", MediaTypes.IN_TOTO)
            .with("signatures", List.of(signature));
    return Json.object()
        .with("mediaType", MediaTypes.SIGSTORE_BUNDLE)
        .with(
            "verificationMaterial",
            Json.object().with("publicKey", Json.object().with("hint", hint(key))))
        .with("dsseEnvelope", envelope);
  }

  /** As cosign names keys: the SHA-256 of the public half in DER. */
  private static String hint(SigningKey key) {
    return base64(HexFormat.of().parseHex(Digest.sha256(key.publicKey()).hex()));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
