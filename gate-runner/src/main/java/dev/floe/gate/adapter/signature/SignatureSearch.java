package dev.floe.gate.adapter.signature;

import dev.floe.gate.adapter.signature.Finding.Invalid;
import dev.floe.gate.adapter.signature.Finding.Valid;
import dev.floe.manifest.Digest;
import dev.floe.oci.Contents;
import dev.floe.oci.Descriptor;
import dev.floe.oci.RawManifest;
import dev.floe.oci.ReferrersTag;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import dev.floe.oci.VerifyingStream;
import dev.floe.oci.json.Json;
import dev.floe.oci.json.JsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for a signature of an artifact that counts: under cosign's tag, then among the referrers.
 * Whoever may push may leave any amount of anything there, so all that is read has a bound.
 */
public final class SignatureSearch {

  /** Signatures of each form that are looked at. */
  static final int MOST = 100;

  /** A payload or bundle with more bytes is not read. */
  static final int LARGEST = 1024 * 1024;

  private final List<TrustedKey> keys;
  private final Optional<TrustedIdentity> identity;

  public SignatureSearch(List<TrustedKey> keys, Optional<TrustedIdentity> identity) {
    this.keys = List.copyOf(keys);
    this.identity = identity;
  }

  /**
   * What was found, up to the first signature that holds; empty if there is none of any form.
   *
   * @throws RegistryException if the registry cannot say
   */
  public List<Finding> in(Repository place, RawManifest artifact) {
    List<Finding> findings = new ArrayList<>();
    lookUnderTag(place, artifact, findings);
    if (!holds(findings)) {
      lookAtReferrers(place, artifact, findings);
    }
    return findings;
  }

  private static boolean holds(List<Finding> findings) {
    return !findings.isEmpty() && findings.getLast() instanceof Valid;
  }

  private void lookUnderTag(Repository place, RawManifest artifact, List<Finding> findings) {
    Optional<String> tag = ReferrersTag.cosign(artifact.digest(), ".sig");
    Optional<RawManifest> found = tag.flatMap(name -> manifest(place, name));
    if (found.isEmpty()) {
      return;
    }
    String form = "cosign signature under " + tag.get();
    try {
      // Signatures of the same payload are layers of the same digest: each has to be looked at.
      List<Json> layers = Json.read(found.get().bytes()).elements("layers");
      if (layers.isEmpty()) {
        findings.add(new Invalid(form, "it is empty"));
      }
      for (int i = 0; i < Math.min(layers.size(), MOST) && !holds(findings); i++) {
        String one = layers.size() == 1 ? form : "%s, layer %d".formatted(form, i + 1);
        findings.add(cosign(place, Descriptor.from(layers.get(i)), one, artifact.digest()));
      }
      noteRest(layers.size(), form, findings);
    } catch (JsonException e) {
      findings.add(new Invalid(form, "it is malformed: " + e.getMessage()));
    }
  }

  private Finding cosign(Repository place, Descriptor layer, String form, Digest artifact) {
    if (!layer.mediaType().equals(CosignSignature.LAYER)) {
      return new Invalid(form, "it is of media type " + layer.mediaType());
    }
    String signature = layer.annotations().get(CosignSignature.ANNOTATION);
    if (signature == null) {
      return new Invalid(form, "it has no annotation " + CosignSignature.ANNOTATION);
    }
    return switch (read(place, layer)) {
      case Content.Bytes bytes ->
          CosignSignature.check(form, bytes.take(), signature, artifact, keys);
      case Content.None(String why) -> new Invalid(form, why);
    };
  }

  private void lookAtReferrers(Repository place, RawManifest artifact, List<Finding> findings) {
    List<Descriptor> candidates =
        place.referrers(artifact.digest()).manifests().stream()
            .filter(SignatureSearch::mayBeBundle)
            .toList();
    for (int i = 0; i < Math.min(candidates.size(), MOST) && !holds(findings); i++) {
      Digest digest = candidates.get(i).digest();
      String form = "bundle " + digest;
      try {
        Optional<RawManifest> referrer = manifest(place, digest.toString());
        if (referrer.isEmpty()) {
          findings.add(new Invalid(form, "it is listed but not there"));
        } else if (isBundle(referrer.get().contents())) {
          findings.add(bundle(place, referrer.get(), form, artifact));
        }
      } catch (JsonException e) {
        findings.add(new Invalid(form, "it is malformed: " + e.getMessage()));
      }
    }
    noteRest(candidates.size(), "bundles", findings);
  }

  /** A list may leave the type out; then the manifest says. */
  private static boolean mayBeBundle(Descriptor referrer) {
    return referrer.artifactType().map(SigstoreBundle.MEDIA_TYPES::contains).orElse(true);
  }

  private static boolean isBundle(Contents referrer) {
    return referrer.artifactType().filter(SigstoreBundle.MEDIA_TYPES::contains).isPresent();
  }

  private Finding bundle(
      Repository place, RawManifest referrer, String form, RawManifest artifact) {
    Contents contents = referrer.contents();
    if (contents.subject().filter(s -> s.digest().equals(artifact.digest())).isEmpty()) {
      return new Invalid(form, "it refers to another artifact");
    }
    List<Descriptor> bundles =
        contents.blobs().stream()
            .filter(blob -> SigstoreBundle.MEDIA_TYPES.contains(blob.mediaType()))
            .toList();
    if (bundles.size() != 1) {
      return new Invalid(form, "it has %d bundles, not one".formatted(bundles.size()));
    }
    return switch (read(place, bundles.getFirst())) {
      case Content.Bytes bytes -> bundle(form, bytes.take(), artifact);
      case Content.None(String why) -> new Invalid(form, why);
    };
  }

  private Finding bundle(String form, byte[] json, RawManifest artifact) {
    SigstoreBundle bundle = SigstoreBundle.read(json);
    if (!bundle.hasCertificate()) {
      return bundle.check(form, artifact, keys);
    }
    return identity
        .map(trusted -> trusted.check(form, json, bundle, artifact))
        .orElseGet(
            () ->
                new Invalid(form, "it was signed with a certificate, and only keys are accepted"));
  }

  private static void noteRest(int size, String form, List<Finding> findings) {
    if (size > MOST && !holds(findings)) {
      String why = "only the first %d of %d were looked at".formatted(MOST, size);
      findings.add(new Invalid(form, why));
    }
  }

  private static Optional<RawManifest> manifest(Repository place, String reference) {
    try {
      return Optional.of(place.manifest(reference));
    } catch (RegistryException e) {
      if (e.trouble() == RegistryTrouble.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** A payload or bundle, or why there is none. */
  private sealed interface Content {
    record None(String why) implements Content {}

    /** What was read. */
    final class Bytes implements Content {
      private final byte[] bytes;

      Bytes(byte[] bytes) {
        this.bytes = bytes;
      }

      byte[] take() {
        return bytes;
      }
    }
  }

  private static Content read(Repository place, Descriptor blob) {
    if (blob.size() > LARGEST) {
      return new Content.None("it is larger than 1 MiB");
    }
    try (VerifyingStream in = place.blob(blob)) {
      return new Content.Bytes(in.readAllBytes());
    } catch (RegistryException e) {
      return switch (e.trouble()) {
        case NOT_FOUND -> new Content.None("its content is missing");
        case DIGEST_MISMATCH ->
            new Content.None("its content does not have the digest that it is listed under");
        case UNAUTHORIZED, UNREACHABLE, RATE_LIMITED, IMMUTABLE_TAG -> throw e;
        case INVALID_RESPONSE, REFUSED, UNSAFE -> throw e;
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
