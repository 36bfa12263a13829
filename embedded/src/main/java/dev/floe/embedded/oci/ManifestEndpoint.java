package dev.floe.embedded.oci;

import dev.floe.embedded.oci.store.Digest;
import dev.floe.embedded.oci.store.ManifestDocument;
import dev.floe.embedded.oci.store.RegistryFolder;
import dev.floe.embedded.oci.store.Repository;
import dev.floe.embedded.oci.store.RepositoryName;
import dev.floe.embedded.oci.store.Sent;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Manifests, by tag and by digest. */
final class ManifestEndpoint {

  /** What distribution-spec wants a registry to take at least, and clients to read at most. */
  private static final int LARGEST = 4 * 1024 * 1024;

  private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

  private final RegistryFolder folder;
  private final boolean referrers;

  ManifestEndpoint(RegistryFolder folder, boolean referrers) {
    this.folder = folder;
    this.referrers = referrers;
  }

  Response get(RepositoryName name, String reference, Request request) throws IOException {
    Repository repository = folder.repository(name);
    Optional<Digest> digest = digest(reference);
    if (digest.isEmpty() && TAG.matcher(reference).matches()) {
      digest = repository.tagged(reference);
    }
    Optional<Repository.Manifest> found =
        digest.isEmpty() ? Optional.empty() : repository.manifest(digest.get());
    if (found.isEmpty()) {
      return unknown(name, reference);
    }
    Repository.Manifest manifest = found.get();
    String etag = "\"" + manifest.digest() + "\"";
    Response response =
        Response.of(200)
            .with("Docker-Content-Digest", manifest.digest().toString())
            .with("ETag", etag);
    return request.header("If-None-Match").filter(etag::equals).isPresent()
        ? new Response(304, response.headers(), Body.NONE)
        : response.carrying(manifest.mediaType(), Body.of(manifest.content(), 0, manifest.size()));
  }

  Response put(RepositoryName name, String reference, Request request, Predicate<String> lasting)
      throws IOException {
    Optional<Digest> asked = digest(reference);
    if (asked.isEmpty() && !TAG.matcher(reference).matches()) {
      return RegistryError.answer(
          400,
          "MANIFEST_INVALID",
          "a tag is up to 128 of A-Z a-z 0-9 . _ -, and begins with neither . nor -");
    }
    byte[] content = request.body().readNBytes(LARGEST + 1);
    if (content.length > LARGEST) {
      return RegistryError.answer(
          413, "SIZE_INVALID", "a manifest has at most %d bytes".formatted(LARGEST));
    }
    // A connection that broke must not leave half a manifest, where the type has no grammar to
    // tell.
    String announced = request.header("Content-Length").orElse("" + content.length);
    if (!announced.equals("" + content.length)) {
      return RegistryError.answer(
          400,
          "SIZE_INVALID",
          "%s bytes were announced and %d came".formatted(announced, content.length));
    }
    var algorithm = asked.map(Digest::algorithm).orElse(Digest.Algorithm.SHA256);
    Digest digest = Digest.of(algorithm, content);
    if (asked.isPresent() && !asked.get().equals(digest)) {
      return RegistryError.answer(
          400,
          "DIGEST_INVALID",
          "expected %s, the bytes that came are %s".formatted(asked.get(), digest));
    }
    ManifestDocument document = document(digest, content, request);
    Optional<String> tag = asked.isPresent() ? Optional.empty() : Optional.of(reference);
    Sent sent = folder.put(name, digest, content, document, tag, tag.filter(lasting).isEmpty());
    return switch (sent) {
      case Sent.Kept _ -> kept(name, digest, document);
      case Sent.Lacking(var missing) -> incomplete(name, missing);
      case Sent.Standing(var other) -> standing(name, reference, other);
    };
  }

  private static Response standing(RepositoryName name, String tag, Digest other) {
    return RegistryError.answer(
        409,
        "DENIED",
        "%s of %s stands for %s: a version that was pushed is not replaced, push another one"
            .formatted(tag, name, other),
        Map.of("tag", tag, "digest", other.toString()));
  }

  Response delete(RepositoryName name, String reference) throws IOException {
    Repository repository = folder.repository(name);
    Optional<Digest> digest = digest(reference);
    boolean deleted =
        digest.isPresent()
            ? repository.removeManifest(digest.get())
            : TAG.matcher(reference).matches() && repository.untag(reference);
    return deleted ? Response.of(202) : unknown(name, reference);
  }

  private static ManifestDocument document(Digest digest, byte[] content, Request request) {
    try {
      return ManifestDocument.read(digest, content, request.header("Content-Type"));
    } catch (ManifestDocument.Malformed e) {
      throw RegistryError.of(400, "MANIFEST_INVALID", "the manifest is refused: " + e.getMessage());
    }
  }

  private Response kept(RepositoryName name, Digest digest, ManifestDocument document) {
    Response response =
        Response.of(201)
            .with("Location", "/v2/%s/manifests/%s".formatted(name, digest))
            .with("Docker-Content-Digest", digest.toString());
    return referrers && document.subject().isPresent()
        ? response.with("OCI-Subject", document.subject().get().toString())
        : response;
  }

  private static Response incomplete(RepositoryName name, List<Digest> missing) {
    List<String> digests = missing.stream().limit(100).map(Digest::toString).toList();
    return RegistryError.answer(
        400,
        "MANIFEST_BLOB_UNKNOWN",
        "repository %s lacks %d of what the manifest needs; push those first, for example %s"
            .formatted(name, missing.size(), digests.getFirst()),
        Map.of("digests", digests));
  }

  private static Response unknown(RepositoryName name, String reference) {
    return RegistryError.answer(
        404,
        "MANIFEST_UNKNOWN",
        "repository %s has no such manifest".formatted(name),
        Map.of("reference", reference));
  }

  /** Empty when {@code reference} is a tag, which has no colon. */
  private static Optional<Digest> digest(String reference) {
    return reference.indexOf(':') < 0
        ? Optional.empty()
        : Optional.of(
            Digest.parse(reference).orElseThrow(() -> RegistryError.badDigest(reference)));
  }
}
