package dev.floe.embedded.oci;

import dev.floe.embedded.oci.store.Digest;
import dev.floe.embedded.oci.store.RegistryFolder;
import dev.floe.embedded.oci.store.RepositoryName;
import dev.floe.embedded.oci.store.Uploads;
import dev.floe.embedded.oci.store.Uploads.Outcome;
import dev.floe.embedded.oci.store.Uploads.Span;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Blobs on their way in: whole, in chunks, or from another repository. */
final class UploadEndpoint {

  private static final Pattern SPAN = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

  private final RegistryFolder folder;
  private final Uploads uploads;

  UploadEndpoint(RegistryFolder folder, Uploads uploads) {
    this.folder = folder;
    this.uploads = uploads;
  }

  Response start(RepositoryName name, String by, Request request) throws IOException {
    Optional<Digest> mount = digest(request, "mount");
    Optional<RepositoryName> from = request.parameter("from").flatMap(RepositoryName::parse);
    if (mount.isPresent() && from.isPresent() && folder.mount(from.get(), mount.get(), name)) {
      return kept(name, mount.get());
    }
    Optional<Digest> whole = digest(request, "digest");
    String id = uploads.start(name, by);
    if (whole.isEmpty()) {
      return at(202, name, id, 0);
    }
    try {
      Outcome outcome = uploads.finish(name, id, request.body(), Optional.empty(), whole.get());
      return answered(name, id, outcome, whole);
    } finally {
      // The client does not know the id, so nobody would go on with it.
      uploads.cancel(name, id);
    }
  }

  Response status(RepositoryName name, String id) throws IOException {
    OptionalLong length = uploads.length(name, id);
    return length.isEmpty() ? unknown(name, id) : at(204, name, id, length.getAsLong());
  }

  Response append(RepositoryName name, String id, Request request) throws IOException {
    Outcome outcome = uploads.append(name, id, request.body(), span(name, id, request));
    return answered(name, id, outcome, Optional.empty());
  }

  Response finish(RepositoryName name, String id, Request request) throws IOException {
    Digest digest =
        digest(request, "digest")
            .orElseThrow(
                () -> RegistryError.of(400, "DIGEST_INVALID", "the last request needs ?digest="));
    Optional<Span> span = span(name, id, request);
    Outcome outcome = uploads.finish(name, id, request.body(), span, digest);
    return answered(name, id, outcome, Optional.of(digest));
  }

  Response cancel(RepositoryName name, String id) throws IOException {
    return uploads.cancel(name, id) ? Response.of(204) : unknown(name, id);
  }

  private Response answered(
      RepositoryName name, String id, Outcome outcome, Optional<Digest> expected) {
    return switch (outcome) {
      case Outcome.Grown(long length) -> at(202, name, id, length);
      case Outcome.Finished _ -> kept(name, expected.orElseThrow());
      case Outcome.Mismatch(Digest actual) ->
          RegistryError.answer(
              400,
              "DIGEST_INVALID",
              "expected %s, the bytes that came are %s; start the upload again"
                  .formatted(expected.orElseThrow(), actual));
      case Outcome.OutOfPlace(long length) -> outOfPlace(name, id, length);
      case Outcome.WrongLength(long length, long received) ->
          located(
              RegistryError.answer(
                  400,
                  "SIZE_INVALID",
                  "Content-Range does not fit the %d bytes that came; none was kept"
                      .formatted(received)),
              name,
              id,
              length);
      case Outcome.Unknown _ -> unknown(name, id);
    };
  }

  private Optional<Span> span(RepositoryName name, String id, Request request) throws IOException {
    Optional<String> header = request.header("Content-Range");
    if (header.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = SPAN.matcher(header.get());
    if (matcher.matches()) {
      var span = new Span(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
      if (span.length() > 0) {
        return Optional.of(span);
      }
    }
    OptionalLong length = uploads.length(name, id);
    throw RegistryError.of(
        length.isEmpty() ? unknown(name, id) : outOfPlace(name, id, length.getAsLong()));
  }

  private static Optional<Digest> digest(Request request, String parameter) {
    return request
        .parameter(parameter)
        .map(text -> Digest.parse(text).orElseThrow(() -> RegistryError.badDigest(text)));
  }

  private static Response kept(RepositoryName name, Digest digest) {
    return Response.of(201)
        .with("Location", "/v2/%s/blobs/%s".formatted(name, digest))
        .with("Docker-Content-Digest", digest.toString());
  }

  private static Response outOfPlace(RepositoryName name, String id, long length) {
    String message =
        "Content-Range must be <first>-<last> and begin at %d, with no other request writing"
            .formatted(length);
    return located(RegistryError.answer(416, "BLOB_UPLOAD_INVALID", message), name, id, length);
  }

  private static Response at(int status, RepositoryName name, String id, long length) {
    return located(Response.of(status), name, id, length);
  }

  private static Response located(Response response, RepositoryName name, String id, long length) {
    return response
        .with("Location", "/v2/%s/blobs/uploads/%s".formatted(name, id))
        // Inclusive, and so the same for no byte as for one: what every registry answers.
        .with("Range", "0-" + Math.max(0, length - 1))
        .with("Docker-Upload-UUID", id);
  }

  static Response unknown(RepositoryName name, String id) {
    return RegistryError.answer(
        404,
        "BLOB_UPLOAD_UNKNOWN",
        "repository %s has no such upload; start it again".formatted(name),
        Map.of("upload", id));
  }
}
