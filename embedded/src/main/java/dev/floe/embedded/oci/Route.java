package dev.floe.embedded.oci;

import dev.floe.embedded.oci.store.RepositoryName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a path of the registry's API is about. */
sealed interface Route {

  record Base() implements Route {}

  record Catalog() implements Route {}

  record Tags(RepositoryName repository) implements Route {}

  record Manifest(RepositoryName repository, String reference) implements Route {}

  record Blob(RepositoryName repository, String digest) implements Route {}

  record NewUpload(RepositoryName repository) implements Route {}

  record Upload(RepositoryName repository, String id) implements Route {}

  record Referrers(RepositoryName repository, String digest) implements Route {}

  /**
   * Empty when it is no path of the API. A repository's name has any number of segments, so the
   * path is read from its end.
   */
  static Optional<Route> of(String path) {
    if (path.equals("/v2") || path.equals("/v2/")) {
      return Optional.of(new Base());
    }
    if (!path.startsWith("/v2/")) {
      return Optional.empty();
    }
    List<String> segments = Arrays.asList(path.substring("/v2/".length()).split("/", -1));
    if (segments.equals(List.of("_catalog"))) {
      return Optional.of(new Catalog());
    }
    String last = segments.getLast();
    if (endsWith(segments, "blobs", "uploads") || endsWith(segments, "blobs", "uploads", "")) {
      return Optional.of(new NewUpload(name(segments, last.isEmpty() ? 3 : 2)));
    }
    if (endsWith(segments, "blobs", "uploads", last)) {
      return Optional.of(new Upload(name(segments, 3), last));
    }
    if (endsWith(segments, "tags", "list")) {
      return Optional.of(new Tags(name(segments, 2)));
    }
    return segments.size() < 3
        ? Optional.empty()
        : switch (segments.get(segments.size() - 2)) {
          case "manifests" -> Optional.of(new Manifest(name(segments, 2), last));
          case "blobs" -> Optional.of(new Blob(name(segments, 2), last));
          case "referrers" -> Optional.of(new Referrers(name(segments, 2), last));
          default -> Optional.empty();
        };
  }

  private static boolean endsWith(List<String> segments, String... end) {
    int from = segments.size() - end.length;
    return from > 0 && segments.subList(from, segments.size()).equals(List.of(end));
  }

  private static RepositoryName name(List<String> segments, int behind) {
    String name = String.join("/", segments.subList(0, segments.size() - behind));
    return RepositoryName.parse(name)
        .orElseThrow(
            () ->
                RegistryError.of(
                    400,
                    "NAME_INVALID",
                    "a repository's name is lower-case words, divided by one of . _ __ or -,"
                        + " in segments divided by /, and at most 255 characters long"));
  }
}
