package dev.floe.gate.adapter.signature;

import dev.floe.gate.adapter.signature.Finding.Invalid;
import dev.floe.gate.adapter.signature.Finding.Valid;
import dev.floe.oci.Dsse;
import dev.floe.oci.MediaTypes;
import dev.floe.oci.RawManifest;
import dev.floe.oci.json.Json;
import dev.floe.oci.json.JsonException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A Sigstore bundle v0.3: a signature of an artifact, or of a statement about it. */
final class SigstoreBundle {

  static final Set<String> MEDIA_TYPES =
      Set.of(MediaTypes.SIGSTORE_BUNDLE, "application/vnd.dev.sigstore.bundle+json;version=0.3");

  private final Json material;
  private final Optional<Json> message;
  private final Optional<Json> envelope;

  private SigstoreBundle(Json material, Optional<Json> message, Optional<Json> envelope) {
    this.material = material;
    this.message = message;
    this.envelope = envelope;
  }

  /**
   * The bundle.
   *
   * @throws JsonException if it is none, or of another version
   */
  static SigstoreBundle read(byte[] bytes) {
    Json json = Json.read(bytes);
    String type = json.text("mediaType").orElse("");
    if (!MEDIA_TYPES.contains(type)) {
      throw new JsonException("\"%s\" is not a bundle v0.3".formatted(type));
    }
    Json material =
        json.member("verificationMaterial")
            .orElseThrow(() -> new JsonException("it does not say how it can be verified"));
    Optional<Json> message = json.member("messageSignature");
    Optional<Json> envelope = json.member("dsseEnvelope");
    if (message.isPresent() == envelope.isPresent()) {
      throw new JsonException("it must hold either a message signature or a DSSE envelope");
    }
    return new SigstoreBundle(material, message, envelope);
  }

  /** Whether it was made without a lasting key. */
  boolean hasCertificate() {
    return material.member("certificate").isPresent()
        || material.member("x509CertificateChain").isPresent();
  }

  /** Whether one of the keys made it, of this artifact. */
  Finding check(String form, RawManifest artifact, List<TrustedKey> keys) {
    if (material.member("publicKey").isEmpty()) {
      return new Invalid(form, "it names neither a key nor a certificate");
    }
    byte[] signed =
        envelope
            .map(dsse -> Dsse.encoded(MediaTypes.IN_TOTO, payload(dsse)))
            .orElseGet(artifact::bytes);
    Optional<TrustedKey> signer = TrustedKey.of(signed, signature(), keys);
    if (signer.isEmpty()) {
      String what = envelope.isPresent() ? "made it" : "made it of this artifact";
      return new Invalid(form, "none of the accepted keys " + what);
    }
    return objection(artifact)
        .<Finding>map(why -> new Invalid(form, why))
        .orElseGet(() -> new Valid(signer.get().toString(), form));
  }

  /** Why it does not sign this artifact, whoever made it; empty if it does. */
  Optional<String> objection(RawManifest artifact) {
    if (envelope.isPresent()) {
      return Statement.objection(payload(envelope.get()), artifact.digest());
    }
    return message
        .flatMap(m -> m.member("messageDigest"))
        .filter(digest -> !matches(digest, artifact))
        .map(_ -> "it is for another artifact");
  }

  private static boolean matches(Json digest, RawManifest artifact) {
    String algorithm =
        switch (digest.text("algorithm").orElse("")) {
          case "SHA2_256" -> "SHA-256";
          case "SHA2_384" -> "SHA-384";
          case "SHA2_512" -> "SHA-512";
          default -> throw new JsonException("its digest is of an unknown algorithm");
        };
    try {
      byte[] actual = MessageDigest.getInstance(algorithm).digest(artifact.bytes());
      return MessageDigest.isEqual(actual, bytes(digest, "digest"));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime lacks SHA-2", e);
    }
  }

  private byte[] signature() {
    if (message.isPresent()) {
      return bytes(message.get(), "signature");
    }
    List<Json> signatures = envelope.orElseThrow().elements("signatures");
    if (signatures.size() != 1) {
      throw new JsonException("it holds %d signatures, not one".formatted(signatures.size()));
    }
    return bytes(signatures.getFirst(), "sig");
  }

  private static byte[] payload(Json envelope) {
    String type = envelope.text("payloadType").orElse("");
    if (!type.equals(MediaTypes.IN_TOTO)) {
      throw new JsonException("its envelope holds \"%s\"".formatted(type));
    }
    return bytes(envelope, "payload");
  }

  private static byte[] bytes(Json json, String name) {
    return Base64Text.decode(
        json.text(name).orElseThrow(() -> new JsonException("it has no \"%s\"".formatted(name))));
  }
}
