package dev.floe.embedded.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.floe.embedded.oci.store.Digest;
import dev.floe.embedded.oci.store.ManifestDocument;
import dev.floe.embedded.oci.store.RegistryFolder;
import dev.floe.embedded.oci.store.Repository;
import dev.floe.embedded.oci.store.RepositoryName;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What there is, page by page: tags, repositories, referrers. */
final class ListEndpoint {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  /** As large as a client that reads indexes of at most 4 MiB can take. */
  private static final int LARGEST_PAGE = 3 * 1024 * 1024;

  private final RegistryFolder folder;
  private final RegistryOptions options;

  ListEndpoint(RegistryFolder folder, RegistryOptions options) {
    this.folder = folder;
    this.options = options;
  }

  Response catalog(Request request) throws IOException {
    List<String> names = folder.repositories().stream().map(RepositoryName::value).toList();
    return page(
        "/v2/_catalog?", "repositories", names, Comparator.naturalOrder(), request, Map.of());
  }

  Response tags(RepositoryName name, Request request) throws IOException {
    Repository repository = folder.repository(name);
    if (!repository.exists()) {
      return RegistryError.answer(404, "NAME_UNKNOWN", "there is no repository %s".formatted(name));
    }
    return page(
        "/v2/%s/tags/list?".formatted(name),
        "tags",
        repository.tags(),
        Repository.TAG_ORDER,
        request,
        Map.of("name", name.value()));
  }

  Response referrers(RepositoryName name, String text, Request request) throws IOException {
    if (!options.referrers()) {
      return RegistryError.answer(404, "UNSUPPORTED", "this registry has no referrers API");
    }
    Digest subject = Digest.parse(text).orElseThrow(() -> RegistryError.badDigest(text));
    Optional<String> artifactType = request.parameter("artifactType");
    int most = most(request);
    ObjectNode index = JSON.createObjectNode();
    index.put("schemaVersion", 2);
    index.put("mediaType", ManifestDocument.OCI_INDEX);
    var manifests = index.putArray("manifests");
    Optional<String> more = Optional.empty();
    int size = 0;
    String last = "";
    for (var referrer : wanted(name, subject, artifactType, request.parameter("last"))) {
      size += referrer.descriptor().getBytes(StandardCharsets.UTF_8).length;
      if (manifests.size() == most || (!manifests.isEmpty() && size > LARGEST_PAGE)) {
        String filter = artifactType.map(type -> "artifactType=" + encoded(type) + "&").orElse("");
        more =
            Optional.of(next("/v2/%s/referrers/%s?%s".formatted(name, subject, filter), most, last))
                .filter(_ -> !manifests.isEmpty());
        break;
      }
      manifests.add(JSON.readTree(referrer.descriptor()));
      last = referrer.key();
    }
    Response response = Response.of(200).carrying(ManifestDocument.OCI_INDEX, json(index));
    if (artifactType.isPresent()) {
      response = response.with("OCI-Filters-Applied", "artifactType");
    }
    return more.isPresent() ? response.with("Link", more.get()) : response;
  }

  private List<Repository.Referrer> wanted(
      RepositoryName name, Digest subject, Optional<String> artifactType, Optional<String> after)
      throws IOException {
    var wanted = new ArrayList<Repository.Referrer>();
    for (var referrer : folder.repository(name).referrers(subject)) {
      String type = JSON.readTree(referrer.descriptor()).path("artifactType").asText();
      if (referrer.key().compareTo(after.orElse("")) > 0
          && artifactType.filter(asked -> !asked.equals(type)).isEmpty()) {
        wanted.add(referrer);
      }
    }
    return wanted;
  }

  private Response page(
      String path,
      String field,
      List<String> sorted,
      Comparator<String> order,
      Request request,
      Map<String, String> besides) {
    int most = most(request);
    Optional<String> after = request.parameter("last");
    var page = new ArrayList<String>();
    boolean more = false;
    for (String entry : sorted) {
      if (after.isPresent() && order.compare(entry, after.get()) <= 0) {
        continue;
      }
      if (page.size() == most) {
        more = true;
        break;
      }
      page.add(entry);
    }
    ObjectNode answer = JSON.createObjectNode();
    besides.forEach(answer::put);
    page.forEach(answer.putArray(field)::add);
    Response response = Response.of(200).carrying("application/json", json(answer));
    return more && !page.isEmpty()
        ? response.with("Link", next(path, most, page.getLast()))
        : response;
  }

  private int most(Request request) {
    Optional<String> number = request.parameter("n");
    if (number.isEmpty()) {
      return options.page();
    }
    if (!NUMBER.matcher(number.get()).matches()) {
      throw RegistryError.of(400, "UNSUPPORTED", "n is a number of entries");
    }
    return Math.min(Integer.parseInt(number.get()), options.page());
  }

  /** {@code path} ends where its next parameter may begin. */
  private static String next(String path, int most, String last) {
    return "<%sn=%d&last=%s>; rel=\"next\"".formatted(path, most, encoded(last));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Body json(JsonNode node) {
    return Body.of(node.toString().getBytes(StandardCharsets.UTF_8));
  }
}
