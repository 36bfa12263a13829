package dev.floe.embedded.oci;

import static dev.floe.embedded.oci.Client.INDEX;
import static dev.floe.embedded.oci.Client.MANIFEST;
import static dev.floe.embedded.oci.Client.bytes;
import static dev.floe.embedded.oci.Client.digest;
import static dev.floe.embedded.oci.Client.index;
import static dev.floe.embedded.oci.Client.referrer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a registry says it has: tags, repositories, referrers. */
class ListsTest {

  private static final String REPOSITORY = "dev/floe-platform";
  private static final String TAGS = "/v2/dev/floe-platform/tags/list";
  private static final String SIGNATURE = "application/vnd.dev.sigstore.bundle.v0.3+json";

  @TempDir Path folder;

  private OciRegistryServer server;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    server = OciRegistryServer.start(folder);
    client = new Client(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void tags_come_in_lexical_order_whatever_their_case() {
    tag("b", "A", "c", "B2", "a", "10", "9");
    var list = client.get(TAGS);
    assertThat(list.json().path("name").asText()).isEqualTo(REPOSITORY);
    assertThat(texts(list.json().path("tags")))
        .containsExactly("10", "9", "A", "a", "b", "B2", "c");
  }

  @Test
  void tags_come_in_pages_that_link_to_the_next() {
    tag("a", "b", "C", "d", "e");
    assertThat(pages(TAGS + "?n=2", "tags"))
        .containsExactly(List.of("a", "b"), List.of("C", "d"), List.of("e"));
    var after = client.get(TAGS + "?last=bb&n=2").json();
    assertThat(texts(after.path("tags"))).containsExactly("C", "d");
    assertThat(texts(client.get(TAGS + "?last=d").json().path("tags"))).containsExactly("e");
    assertThat(client.get(TAGS + "?n=5").header("Link")).isEmpty();
  }

  @Test
  void none_is_asked_for_and_none_comes() {
    tag("a");
    var none = client.get(TAGS + "?n=0");
    assertThat(texts(none.json().path("tags"))).isEmpty();
    assertThat(none.header("Link")).isEmpty();
    assertThat(client.get(TAGS + "?n=-1").status()).isEqualTo(400);
    assertThat(client.get(TAGS + "?n=x").status()).isEqualTo(400);
  }

  @Test
  void a_repository_without_tags_has_an_empty_list_and_an_unknown_one_none() {
    client.upload("dev/begun");
    assertThat(client.get("/v2/dev/begun/tags/list").code()).isEqualTo("NAME_UNKNOWN");
    client.push(REPOSITORY, bytes("{}"));
    assertThat(client.get(TAGS).text()).contains("\"tags\":[]");
    assertThat(client.get("/v2/dev/tags/list").code()).isEqualTo("NAME_UNKNOWN");
  }

  @Test
  void the_catalog_names_every_repository_however_deep() {
    for (String repository : new String[] {"prod/b", "a", "a/b/c", "dev/blobs/uploads"}) {
      client.push(repository, bytes("{}"));
    }
    assertThat(pages("/v2/_catalog?n=3", "repositories"))
        .containsExactly(List.of("a", "a/b/c", "dev/blobs/uploads"), List.of("prod/b"));
  }

  @Test
  void a_manifest_with_a_subject_is_acknowledged_and_listed() {
    byte[] subject = client.image(REPOSITORY, "subject");
    byte[] signature = referrer(subject, SIGNATURE, "first");
    // Before its subject, as either order is allowed.
    var pushed = client.put(REPOSITORY, digest(signature), MANIFEST, signature);
    assertThat(pushed.status()).isEqualTo(201);
    assertThat(pushed.header("OCI-Subject")).isEqualTo(digest(subject));
    client.put(REPOSITORY, "v1", MANIFEST, subject);
    var list = client.get(referrers(subject));
    assertThat(list.header("Content-Type")).isEqualTo(INDEX);
    assertThat(list.json().path("mediaType").asText()).isEqualTo(INDEX);
    assertThat(list.json().path("manifests").toString())
        .isEqualTo(
            """
            [{"mediaType":"%s","digest":"%s","size":%d,"artifactType":"%s",\
            "annotations":{"note":"first"}}]"""
                .formatted(MANIFEST, digest(signature), signature.length, SIGNATURE));
  }

  @Test
  void the_artifact_type_of_an_image_is_its_configs_and_of_an_index_its_own() {
    byte[] subject = client.image(REPOSITORY, "subject");
    byte[] typeless = referrer(subject, "", "x");
    client.put(REPOSITORY, digest(typeless), MANIFEST, typeless);
    byte[] about =
        bytes(
            new String(index(), UTF_8)
                .replace("}", ",\"subject\":" + Client.descriptor(MANIFEST, subject) + "}"));
    assertThat(client.put(REPOSITORY, digest(about), INDEX, about).header("OCI-Subject"))
        .isEqualTo(digest(subject));
    var types = new ArrayList<String>();
    client
        .get(referrers(subject))
        .json()
        .path("manifests")
        .forEach(m -> types.add(m.path("artifactType").asText("none")));
    assertThat(types).containsExactlyInAnyOrder("application/vnd.oci.empty.v1+json", "none");
  }

  @Test
  void referrers_are_filtered_by_artifact_type() {
    byte[] subject = client.image(REPOSITORY, "subject");
    push(referrer(subject, SIGNATURE, "1"), referrer(subject, "application/spdx+json", "2"));
    // A plus that is not encoded stays a plus.
    var filtered = client.get(referrers(subject) + "?artifactType=" + SIGNATURE);
    assertThat(filtered.header("OCI-Filters-Applied")).isEqualTo("artifactType");
    assertThat(filtered.json().path("manifests").findValuesAsText("artifactType"))
        .containsExactly(SIGNATURE);
    var encoded = client.get(referrers(subject) + "?artifactType=application%2Fspdx%2Bjson");
    assertThat(encoded.json().path("manifests")).hasSize(1);
    var all = client.get(referrers(subject));
    assertThat(all.header("OCI-Filters-Applied")).isEmpty();
    assertThat(all.json().path("manifests")).hasSize(2);
  }

  @Test
  void referrers_come_in_pages_that_keep_the_filter() throws Exception {
    server.close();
    var options = RegistryOptions.standard().withPage(2);
    server = OciRegistryServer.start(new OciRegistry(folder, WritePolicy.everyone(), options), 0);
    client = new Client(server);
    byte[] subject = client.image(REPOSITORY, "subject");
    var pushed = new ArrayList<String>();
    for (int i = 0; i < 5; i++) {
      byte[] signature = referrer(subject, SIGNATURE, "s" + i);
      push(signature, referrer(subject, "application/spdx+json", "b" + i));
      pushed.add(digest(signature));
    }
    var listed = new ArrayList<String>();
    String next = referrers(subject) + "?artifactType=" + SIGNATURE.replace("+", "%2B");
    int pages = 0;
    while (!next.isEmpty()) {
      var page = client.get(next);
      assertThat(page.header("OCI-Filters-Applied")).isEqualTo("artifactType");
      listed.addAll(page.json().path("manifests").findValuesAsText("digest"));
      next = next(page);
      pages++;
    }
    assertThat(listed).containsExactlyInAnyOrderElementsOf(pushed);
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void a_deleted_referrer_is_no_longer_listed() {
    byte[] subject = client.image(REPOSITORY, "subject");
    byte[] signature = referrer(subject, SIGNATURE, "1");
    push(signature);
    client.send("DELETE", "/v2/%s/manifests/%s".formatted(REPOSITORY, digest(signature)));
    assertThat(client.get(referrers(subject)).json().path("manifests")).isEmpty();
  }

  @Test
  void referrers_of_what_is_not_there_are_an_empty_index_and_of_no_digest_an_error() {
    var none = client.get("/v2/no/where/referrers/" + digest(bytes("x")));
    assertThat(none.status()).isEqualTo(200);
    assertThat(none.json().path("manifests").isArray()).isTrue();
    assertThat(client.get("/v2/dev/app/referrers/sha256:abc").status()).isEqualTo(400);
    assertThat(client.get("/v2/dev/app/referrers/v1").status()).isEqualTo(400);
  }

  @Test
  void a_registry_without_the_referrers_api_has_neither_list_nor_header() throws Exception {
    server.close();
    var options = RegistryOptions.standard().withoutReferrers();
    server = OciRegistryServer.start(new OciRegistry(folder, WritePolicy.everyone(), options), 0);
    client = new Client(server);
    byte[] subject = client.image(REPOSITORY, "subject");
    byte[] signature = referrer(subject, SIGNATURE, "1");
    var pushed = client.put(REPOSITORY, digest(signature), MANIFEST, signature);
    assertThat(pushed.status()).isEqualTo(201);
    assertThat(pushed.header("OCI-Subject")).isEmpty();
    assertThat(client.get(referrers(subject)).status()).isEqualTo(404);
  }

  private void tag(String... tags) {
    byte[] image = client.image(REPOSITORY);
    for (String tag : tags) {
      client.put(REPOSITORY, tag, MANIFEST, image);
    }
  }

  private void push(byte[]... manifests) {
    for (byte[] manifest : manifests) {
      client.put(REPOSITORY, digest(manifest), MANIFEST, manifest);
    }
  }

  private static String referrers(byte[] subject) {
    return "/v2/%s/referrers/%s".formatted(REPOSITORY, digest(subject));
  }

  private List<List<String>> pages(String path, String field) {
    var pages = new ArrayList<List<String>>();
    String next = path;
    while (!next.isEmpty()) {
      var page = client.get(next);
      pages.add(texts(page.json().path(field)));
      next = next(page);
    }
    return pages;
  }

  private static String next(Client.Answer page) {
    String link = page.header("Link");
    assertThat(link).matches("|<.*>; rel=\"next\"");
    return link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
