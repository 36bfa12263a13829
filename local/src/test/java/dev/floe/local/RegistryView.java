package dev.floe.local;

import dev.floe.oci.MediaTypes;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import dev.floe.oci.json.Json;

/** What any OCI client sees in a registry, without credentials. */
final class RegistryView {

  private final Person anybody;

  RegistryView(String host) {
    this.anybody = new Person("http://" + host, () -> null, Person::plainly);
  }

  /** The tags of a repository, sorted; none where there is no such repository. */
  List<String> tags(String repository) {
    HttpResponse<byte[]> answer = anybody.raw("GET", "/v2/%s/tags/list".formatted(repository), null);
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
}
