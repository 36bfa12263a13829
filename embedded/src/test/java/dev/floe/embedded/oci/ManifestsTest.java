package dev.floe.embedded.oci;

import static dev.floe.embedded.oci.Client.INDEX;
import static dev.floe.embedded.oci.Client.MANIFEST;
import static dev.floe.embedded.oci.Client.bytes;
import static dev.floe.embedded.oci.Client.digest;
import static dev.floe.embedded.oci.Client.index;
import static dev.floe.embedded.oci.Client.manifest;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.embedded.oci.store.Digest;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests: kept byte for byte, by tag and by digest, and only when whole. */
class ManifestsTest {

  private static final String REPOSITORY = "dev/floe-platform";
  private static final String PATH = "/v2/dev/floe-platform/manifests/";
  private static final String V2S2 = "application/vnd.docker.distribution.manifest.v2+json";
  private static final String LIST = "application/vnd.docker.distribution.manifest.list.v2+json";

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
  void a_manifest_comes_back_byte_for_byte_by_tag_and_by_digest() {
    byte[] image = client.image(REPOSITORY, "layer");
    var pushed = client.put(REPOSITORY, "v1", MANIFEST, image);
    assertThat(pushed.status()).isEqualTo(201);
    assertThat(pushed.header("Location")).isEqualTo(PATH + digest(image));
    assertThat(pushed.header("Docker-Content-Digest")).isEqualTo(digest(image));
    for (String reference : new String[] {"v1", digest(image)}) {
      var got = client.get(PATH + reference);
      assertThat(got.bytes()).isEqualTo(image);
      assertThat(got.header("Content-Type")).isEqualTo(MANIFEST);
      assertThat(got.header("Docker-Content-Digest")).isEqualTo(digest(image));
      var head = client.send("HEAD", PATH + reference);
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("Content-Length")).isEqualTo("" + image.length);
      assertThat(head.bytes()).isEmpty();
    }
  }

  @Test
  void every_media_type_is_kept_as_it_came() {
    byte[] v2s2 = bytes(new String(client.image(REPOSITORY, "a"), UTF_8).replace(MANIFEST, V2S2));
    byte[] list = bytes(new String(index(v2s2), UTF_8).replace(INDEX, LIST));
    assertThat(client.put(REPOSITORY, "docker", V2S2, v2s2).status()).isEqualTo(201);
    assertThat(client.put(REPOSITORY, "list", LIST, list).status()).isEqualTo(201);
    byte[] opaque = {0, 1, 2, (byte) 0xff};
    assertThat(client.put(REPOSITORY, "odd", "application/x-odd", opaque).status()).isEqualTo(201);
    assertThat(client.get(PATH + "docker").header("Content-Type")).isEqualTo(V2S2);
    assertThat(client.get(PATH + "list").header("Content-Type")).isEqualTo(LIST);
    assertThat(client.get(PATH + "list").bytes()).isEqualTo(list);
    assertThat(client.get(PATH + "odd").header("Content-Type")).isEqualTo("application/x-odd");
    assertThat(client.get(PATH + "odd").bytes()).isEqualTo(opaque);
  }

  @Test
  void parameters_of_the_media_type_are_ignored() {
    byte[] image = client.image(REPOSITORY);
    client.put(REPOSITORY, "v1", MANIFEST + "; charset=utf-8", image);
    assertThat(client.get(PATH + "v1").header("Content-Type")).isEqualTo(MANIFEST);
  }

  @Test
  void without_a_content_type_the_manifest_says_what_it_is() {
    byte[] image = client.image(REPOSITORY);
    client.send("PUT", PATH + "v1", image);
    client.send("PUT", PATH + "all", bytes("{\"manifests\":[]}"));
    assertThat(client.get(PATH + "v1").header("Content-Type")).isEqualTo(MANIFEST);
    assertThat(client.get(PATH + "all").header("Content-Type")).isEqualTo(INDEX);
  }

  @Test
  void a_manifest_may_be_addressed_by_sha512() {
    byte[] image = client.image(REPOSITORY);
    String digest = Digest.of(Digest.Algorithm.SHA512, image).toString();
    var pushed = client.put(REPOSITORY, digest, MANIFEST, image);
    assertThat(pushed.header("Docker-Content-Digest")).isEqualTo(digest);
    assertThat(client.get(PATH + digest).bytes()).isEqualTo(image);
    assertThat(client.get(PATH + digest(image)).status()).isEqualTo(404);
  }

  @Test
  void bytes_that_hash_to_something_else_are_refused() {
    byte[] image = client.image(REPOSITORY);
    var refused = client.put(REPOSITORY, digest(bytes("other")), MANIFEST, image);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo("DIGEST_INVALID");
    assertThat(client.get(PATH + digest(image)).status()).isEqualTo(404);
  }

  @Test
  void a_manifest_whose_blobs_are_missing_is_refused_and_names_them() {
    byte[] image = manifest("", "never pushed");
    client.push(REPOSITORY, bytes("{}"));
    var refused = client.put(REPOSITORY, "v1", MANIFEST, image);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo("MANIFEST_BLOB_UNKNOWN");
    assertThat(refused.text()).contains(digest(bytes("never pushed")));
    assertThat(client.get(PATH + "v1").code()).isEqualTo("MANIFEST_UNKNOWN");
  }

  @Test
  void a_blob_of_another_repository_does_not_count() {
    byte[] image = client.image("dev/other", "layer");
    assertThat(client.put(REPOSITORY, "v1", MANIFEST, image).code())
        .isEqualTo("MANIFEST_BLOB_UNKNOWN");
  }

  @Test
  void an_index_needs_its_manifests() {
    byte[] image = client.image(REPOSITORY, "layer");
    assertThat(client.put(REPOSITORY, "all", INDEX, index(image)).code())
        .isEqualTo("MANIFEST_BLOB_UNKNOWN");
    client.put(REPOSITORY, digest(image), MANIFEST, image);
    assertThat(client.put(REPOSITORY, "all", INDEX, index(image)).status()).isEqualTo(201);
  }

  @Test
  void what_cannot_be_its_type_is_refused() {
    client.push(REPOSITORY, bytes("{}"));
    String[] bad = {
      "",
      "not json",
      "[]",
      "{} {}",
      "{\"config\":{}}",
      "{\"mediaType\":\"%s\"}".formatted(INDEX),
      "{\"mediaType\":7}",
      "{\"manifests\":[]}",
      "{\"layers\":[{\"digest\":\"sha256:../../x\"}]}",
      "{\"layers\":[],\"layers\":[]}",
      "[".repeat(5000)
    };
    for (String content : bad) {
      var refused = client.put(REPOSITORY, "v1", MANIFEST, bytes(content));
      assertThat(refused.status()).as(content).isEqualTo(400);
      assertThat(refused.code()).as(content).isEqualTo("MANIFEST_INVALID");
    }
    assertThat(
            client.put(REPOSITORY, "v1", INDEX, bytes("{\"manifests\":[],\"layers\":[]}")).code())
        .isEqualTo("MANIFEST_INVALID");
    assertThat(client.put(REPOSITORY, "v1", "no type", bytes("x")).code())
        .isEqualTo("MANIFEST_INVALID");
  }

  @Test
  void four_mebibytes_are_taken_and_one_byte_more_is_not() {
    byte[] most = new byte[4 * 1024 * 1024];
    Arrays.fill(most, (byte) ' ');
    most[0] = '{';
    most[most.length - 1] = '}';
    assertThat(client.put(REPOSITORY, "big", MANIFEST, most).status()).isEqualTo(201);
    var refused = client.put(REPOSITORY, "big", MANIFEST, Arrays.copyOf(most, most.length + 1));
    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.code()).isEqualTo("SIZE_INVALID");
  }

  @Test
  void a_tag_moves_and_the_manifest_it_left_stays() {
    byte[] one = client.image(REPOSITORY, "one");
    byte[] two = client.image(REPOSITORY, "two");
    client.put(REPOSITORY, "latest", MANIFEST, one);
    client.put(REPOSITORY, "latest", MANIFEST, two);
    assertThat(client.get(PATH + "latest").bytes()).isEqualTo(two);
    assertThat(client.get(PATH + digest(one)).bytes()).isEqualTo(one);
  }

  @Test
  void deleting_a_tag_leaves_the_manifest() {
    byte[] image = client.image(REPOSITORY, "layer");
    client.put(REPOSITORY, "v1", MANIFEST, image);
    assertThat(client.send("DELETE", PATH + "v1").status()).isEqualTo(202);
    assertThat(client.get(PATH + "v1").status()).isEqualTo(404);
    assertThat(client.send("DELETE", PATH + "v1").code()).isEqualTo("MANIFEST_UNKNOWN");
    assertThat(client.get(PATH + digest(image)).status()).isEqualTo(200);
  }

  @Test
  void deleting_a_manifest_takes_its_tags_and_leaves_its_blobs() {
    byte[] image = client.image(REPOSITORY, "layer");
    byte[] other = client.image(REPOSITORY, "other");
    client.put(REPOSITORY, "v1", MANIFEST, image);
    client.put(REPOSITORY, "v1-dev", MANIFEST, image);
    client.put(REPOSITORY, "v2", MANIFEST, other);
    assertThat(client.send("DELETE", PATH + digest(image)).status()).isEqualTo(202);
    assertThat(client.get(PATH + digest(image)).status()).isEqualTo(404);
    assertThat(client.get(PATH + "v1").status()).isEqualTo(404);
    assertThat(client.get("/v2/dev/floe-platform/tags/list").json().path("tags").toString())
        .isEqualTo("[\"v2\"]");
    assertThat(client.send("DELETE", PATH + digest(image)).status()).isEqualTo(404);
    String blob = "/v2/dev/floe-platform/blobs/" + digest(bytes("layer"));
    assertThat(client.send("HEAD", blob).status()).isEqualTo(200);
  }

  @Test
  void what_is_not_there_gets_404_whatever_it_is_called() {
    for (String reference : new String[] {"v9", ".INVALID", digest(bytes("x")), "-x", "_catalog"}) {
      assertThat(client.get(PATH + reference).code()).isEqualTo("MANIFEST_UNKNOWN");
    }
    assertThat(client.get(PATH + "sha256:abc").code()).isEqualTo("DIGEST_INVALID");
  }
}
