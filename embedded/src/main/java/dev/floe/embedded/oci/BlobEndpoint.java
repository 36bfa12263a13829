package dev.floe.embedded.oci;

import dev.floe.embedded.oci.store.Digest;
import dev.floe.embedded.oci.store.RegistryFolder;
import dev.floe.embedded.oci.store.RepositoryName;
import java.io.IOException;
import java.util.OptionalLong;

/** Blobs that are there. */
final class BlobEndpoint {

  private final RegistryFolder folder;

  BlobEndpoint(RegistryFolder folder) {
    this.folder = folder;
  }

  Response get(RepositoryName name, String text, Request request) throws IOException {
    Digest digest = Digest.parse(text).orElseThrow(() -> RegistryError.badDigest(text));
    var repository = folder.repository(name);
    OptionalLong size = folder.asked(name, digest);
    if (size.isEmpty()) {
      return unknown(name, digest);
    }
    String etag = "\"" + digest + "\"";
    Response found =
        Response.of(200)
            .with("Docker-Content-Digest", digest.toString())
            .with("Accept-Ranges", "bytes")
            .with("ETag", etag);
    if (request.header("If-None-Match").filter(etag::equals).isPresent()) {
      return new Response(304, found.headers(), Body.NONE);
    }
    return switch (ByteRange.of(request.header("Range"), size.getAsLong())) {
      case ByteRange.Whole _ ->
          found.carrying(
              "application/octet-stream", Body.of(repository.content(digest), 0, size.getAsLong()));
      case ByteRange.Part(long first, long length) ->
          new Response(206, found.headers(), Body.NONE)
              .with(
                  "Content-Range",
                  "bytes %d-%d/%d".formatted(first, first + length - 1, size.getAsLong()))
              .carrying(
                  "application/octet-stream", Body.of(repository.content(digest), first, length));
      case ByteRange.Outside _ ->
          RegistryError.answer(416, "SIZE_INVALID", "the blob does not reach that far")
              .with("Content-Range", "bytes */" + size.getAsLong());
    };
  }

  Response delete(RepositoryName name, String text) throws IOException {
    Digest digest = Digest.parse(text).orElseThrow(() -> RegistryError.badDigest(text));
    return folder.repository(name).removeBlob(digest) ? Response.of(202) : unknown(name, digest);
  }

  private Response unknown(RepositoryName name, Digest digest) {
    return RegistryError.answer(
        404, "BLOB_UNKNOWN", "repository %s has no blob %s".formatted(name, digest));
  }
}
