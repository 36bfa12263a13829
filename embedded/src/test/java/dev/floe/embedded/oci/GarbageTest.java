package dev.floe.embedded.oci;

import static dev.floe.embedded.oci.Client.MANIFEST;
import static dev.floe.embedded.oci.Client.bytes;
import static dev.floe.embedded.oci.Client.digest;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is deleted for good, and what is not. */
class GarbageTest {

  @TempDir Path folder;

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private OciRegistry registry;
  private OciRegistryServer server;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    var options = RegistryOptions.standard().withUploadExpiry(Duration.ofHours(1), now::get);
    registry = new OciRegistry(folder, WritePolicy.everyone(), options);
    server = OciRegistryServer.start(registry, 0);
    client = new Client(server);
    client.put("dev/app", "v1", MANIFEST, client.image("dev/app", "layer"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void what_a_manifest_needs_stays() throws Exception {
    now.set(Instant.now().plus(Duration.ofDays(9)));
    assertThat(registry.collectGarbage()).isZero();
    assertThat(blob("dev/app", "layer").status()).isEqualTo(200);
  }

  @Test
  void what_only_a_deleted_manifest_needed_goes_after_the_grace() throws Exception {
    String digest = client.get("/v2/dev/app/manifests/v1").header("Docker-Content-Digest");
    client.send("DELETE", "/v2/dev/app/manifests/" + digest);
    registry.collectGarbage();
    assertThat(blob("dev/app", "layer").status()).isEqualTo(200);
    now.set(Instant.now().plus(Duration.ofHours(2)));
    assertThat(registry.collectGarbage()).isEqualTo("layer{}".length());
    assertThat(blob("dev/app", "layer").status()).isEqualTo(404);
    try (var left = Files.walk(folder.resolve("blobs"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void what_another_repository_needs_stays_there() throws Exception {
    client.put("prod/app", "v1", MANIFEST, client.image("prod/app", "layer"));
    client.send("DELETE", "/v2/dev/app/blobs/" + digest(bytes("layer")));
    now.set(Instant.now().plus(Duration.ofHours(2)));
    assertThat(registry.collectGarbage()).isZero();
    assertThat(blob("prod/app", "layer").text()).isEqualTo("layer");
    assertThat(blob("dev/app", "layer").status()).isEqualTo(404);
  }

  @Test
  void a_manifest_of_unknown_type_may_need_every_blob() throws Exception {
    client.push("dev/app", bytes("mystery"));
    client.put("dev/app", "odd", "application/x-odd", bytes("needs the mystery"));
    now.set(Instant.now().plus(Duration.ofHours(2)));
    registry.collectGarbage();
    assertThat(blob("dev/app", "mystery").status()).isEqualTo(200);
  }

  @Test
  void a_blob_that_somebody_asked_for_may_be_on_its_way_into_a_manifest() throws Exception {
    client.push("dev/app", bytes("shared"));
    age("dev/app", "shared", Duration.ofHours(3));
    assertThat(blob("dev/app", "shared").status()).isEqualTo(200);

    registry.collectGarbage();

    assertThat(blob("dev/app", "shared").status()).isEqualTo(200);
    age("dev/app", "shared", Duration.ofHours(3));
    registry.collectGarbage();
    assertThat(blob("dev/app", "shared").status()).isEqualTo(404);
  }

  @Test
  void what_a_nested_index_and_what_referrers_need_stays() throws Exception {
    byte[] image = client.image("dev/app", "deep");
    client.put("dev/app", digest(image), MANIFEST, image);
    byte[] inner = Client.index(image);
    client.put("dev/app", digest(inner), Client.INDEX, inner);
    client.put("dev/app", "nested", Client.INDEX, Client.index(inner));
    client.push("dev/app", bytes("signature"));
    String subject = "\"subject\": %s,".formatted(Client.descriptor(MANIFEST, image));
    byte[] referrer = Client.manifest(subject, "signature");
    client.put("dev/app", digest(referrer), MANIFEST, referrer);
    now.set(Instant.now().plus(Duration.ofHours(2)));

    registry.collectGarbage();

    assertThat(blob("dev/app", "deep").status()).isEqualTo(200);
    assertThat(blob("dev/app", "signature").status()).isEqualTo(200);
  }

  @Test
  void a_layer_that_may_lie_elsewhere_stays_where_it_was_pushed() throws Exception {
    client.push("dev/app", bytes("foreign"));
    String image = new String(client.image("dev/app", "near"), StandardCharsets.UTF_8);
    String foreign =
        "\"layers\": [{\"mediaType\":\"a/b\",\"size\":7,\"digest\":\"%s\",\"urls\":[\"https://a/b\"]},"
            .formatted(digest(bytes("foreign")));
    byte[] manifest = bytes(image.replace("\"layers\": [", foreign));
    assertThat(client.put("dev/app", "far", MANIFEST, manifest).status()).isEqualTo(201);
    now.set(Instant.now().plus(Duration.ofHours(2)));

    registry.collectGarbage();

    assertThat(blob("dev/app", "foreign").status()).isEqualTo(200);
  }

  @Test
  void an_upload_that_rests_for_too_long_goes() throws Exception {
    String upload = client.send("POST", "/v2/dev/app/blobs/uploads/").header("Location");
    client.send("PATCH", upload, bytes("half"));
    now.set(Instant.now().plus(Duration.ofHours(2)));

    registry.collectGarbage();

    try (var left = Files.walk(folder.resolve("repositories/dev/app/_uploads"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  private void age(String repository, String content, Duration by) throws Exception {
    String hex = digest(bytes(content)).substring("sha256:".length());
    Path link = folder.resolve("repositories").resolve(repository).resolve("_blobs/sha256/" + hex);
    Files.setLastModifiedTime(link, FileTime.from(Instant.now().minus(by)));
  }

  private Client.Answer blob(String repository, String content) {
    return client.get("/v2/%s/blobs/%s".formatted(repository, digest(bytes(content))));
  }
}
