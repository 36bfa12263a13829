package dev.floe.local;

import dev.floe.oci.MediaTypes;
import dev.floe.oci.json.Json;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What any OCI client sees in a registry, without credentials. */
final class RegistryView {

  private final Person anybody;

  RegistryView(String host) {
    this.anybody = new Person("http://" + host, () -> null, Person::plainly);
  }

  /** The tags of a repository, sorted; none where there is no such repository. */
  List<String> tags(String repository) {
    HttpResponse<byte[]> answer =
        anybody.raw("GET", "/v2/%s/tags/list".formatted(repository), null);
    if (answer.statusCode() == 404) {
      return List.of();
    }
    return List.copyOf(
        new TreeSet<>(
            Json.read(answer.body()).elements("tags").stream()
                .map(tag -> tag instanceof Json.Text(String text) ? text : "?")
                .toList()));
  }

  /** What a tag points at; empty where there is no such tag. */
  Optional<String> digest(String repository, String tag) {
    HttpResponse<byte[]> answer =
        anybody.raw(
            "GET",
            "/v2/%s/manifests/%s".formatted(repository, tag),
            null,
            "Accept",
            MediaTypes.OCI_MANIFEST + ", " + MediaTypes.OCI_INDEX);
    return answer.statusCode() == 200
        ? answer.headers().firstValue("Docker-Content-Digest")
        : Optional.empty();
  }

  /** Sets a tag past everybody, as a client with write access can. */
  void retag(String repository, String digest, String tag) {
    String manifests = "/v2/%s/manifests/".formatted(repository);
    byte[] manifest =
        anybody.raw("GET", manifests + digest, null, "Accept", MediaTypes.OCI_MANIFEST).body();
    int status =
        anybody
            .raw("PUT", manifests + tag, manifest, "Content-Type", MediaTypes.OCI_MANIFEST)
            .statusCode();
    if (status != 201) {
      throw new IllegalStateException(
          "%s:%s could not be set: %d".formatted(repository, tag, status));
    }
  }
}
