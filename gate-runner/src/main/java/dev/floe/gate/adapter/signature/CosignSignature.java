package dev.floe.gate.adapter.signature;

import dev.floe.gate.adapter.signature.Finding.Invalid;
import dev.floe.gate.adapter.signature.Finding.Valid;
import dev.floe.manifest.Digest;
import dev.floe.oci.json.Json;
import dev.floe.oci.json.JsonException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A signature as cosign keeps it under the {@code .sig} tag: a payload, and its signature. */
final class CosignSignature {

  static final String LAYER = "application/vnd.dev.cosign.simplesigning.v1+json";
  static final String ANNOTATION = "dev.cosignproject.cosign/signature";

  private static final Set<String> TYPES =
      Set.of("cosign container image signature", "https://sigstore.dev/cosign/sign/v1");

  private CosignSignature() {}

  /**
   * Whether it is one of {@code artifact}.
   *
   * @param payload the bytes that were signed
   * @param signature of them, in base64
   */
  static Finding check(
      String form, byte[] payload, String signature, Digest artifact, List<TrustedKey> keys) {
    try {
      Optional<TrustedKey> signer = TrustedKey.of(payload, Base64Text.decode(signature), keys);
      if (signer.isEmpty()) {
        return new Invalid(form, "none of the accepted keys made it");
      }
      Json critical =
          Json.read(payload)
              .member("critical")
              .orElseThrow(() -> new JsonException("the payload has no \"critical\""));
      String type = critical.text("type").orElse("");
      if (!TYPES.contains(type)) {
        return new Invalid(form, "it is of type \"%s\", not cosign's".formatted(type));
      }
      String signed =
          critical.member("image").flatMap(i -> i.text("docker-manifest-digest")).orElse("nothing");
      return signed.equals(artifact.toString())
          ? new Valid(signer.get().toString(), form)
          : new Invalid(form, "it signs %s instead".formatted(signed));
    } catch (JsonException e) {
      return new Invalid(form, "it is malformed: " + e.getMessage());
    }
  }
}
