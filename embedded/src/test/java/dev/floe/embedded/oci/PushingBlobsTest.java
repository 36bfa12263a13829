package dev.floe.embedded.oci;

import static dev.floe.embedded.oci.Client.bytes;
import static dev.floe.embedded.oci.Client.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.embedded.oci.store.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a blob gets in: distribution-spec, "Pushing blobs". */
class PushingBlobsTest {

  private static final String REPOSITORY = "dev/floe-platform";
  private static final byte[] BLOB = bytes("0123456789");

  @TempDir Path folder;

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private OciRegistryServer server;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    InstantSource clock = now::get;
    var options = RegistryOptions.standard().withUploadExpiry(Duration.ofHours(1), clock);
    server = OciRegistryServer.start(new OciRegistry(folder, WritePolicy.everyone(), options), 0);
    client = new Client(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_single_post_pushes_a_blob() {
    var pushed = client.push(REPOSITORY, BLOB);
    assertThat(pushed.status()).isEqualTo(201);
    assertThat(pushed.header("Docker-Content-Digest")).isEqualTo(digest(BLOB));
    assertThat(client.get(pushed.header("Location")).bytes()).isEqualTo(BLOB);
  }

  @Test
  void a_post_and_a_put_push_a_blob() {
    String location = client.upload(REPOSITORY);
    var pushed = client.send("PUT", location + "?digest=" + digest(BLOB), BLOB);
    assertThat(pushed.status()).isEqualTo(201);
    assertThat(client.get(pushed.header("Location")).bytes()).isEqualTo(BLOB);
    assertThat(client.get(location).code()).isEqualTo("BLOB_UPLOAD_UNKNOWN");
  }

  @Test
  void a_blob_may_be_addressed_by_sha512() {
    String digest = Digest.of(Digest.Algorithm.SHA512, BLOB).toString();
    var pushed =
        client.send("POST", "/v2/%s/blobs/uploads/?digest=%s".formatted(REPOSITORY, digest), BLOB);
    assertThat(pushed.header("Location"))
        .isEqualTo("/v2/%s/blobs/%s".formatted(REPOSITORY, digest));
    assertThat(client.get(pushed.header("Location")).bytes()).isEqualTo(BLOB);
  }

  @Test
  void chunks_come_in_order_and_the_last_one_with_the_put() {
    String location = client.upload(REPOSITORY);
    var first = chunk("PATCH", location, 0, 4);
    assertThat(first.status()).isEqualTo(202);
    assertThat(first.header("Range")).isEqualTo("0-3");
    var second = chunk("PATCH", location, 4, 7);
    assertThat(second.header("Range")).isEqualTo("0-6");
    var pushed = chunk("PUT", location + "?digest=" + digest(BLOB), 7, 10);
    assertThat(pushed.status()).isEqualTo(201);
    assertThat(client.get(pushed.header("Location")).bytes()).isEqualTo(BLOB);
  }

  @Test
  void a_chunk_out_of_order_gets_416_and_the_status_says_where_to_go_on() {
    String location = client.upload(REPOSITORY);
    var early = chunk("PATCH", location, 4, 7);
    assertThat(early.status()).isEqualTo(416);
    assertThat(chunk("PATCH", location, 0, 4).status()).isEqualTo(202);
    assertThat(chunk("PATCH", location, 0, 4).status()).isEqualTo(416);
    assertThat(chunk("PATCH", location, 5, 7).code()).isEqualTo("BLOB_UPLOAD_INVALID");
    var status = client.get(location);
    assertThat(status.status()).isEqualTo(204);
    assertThat(status.header("Range")).isEqualTo("0-3");
    assertThat(status.header("Location")).isEqualTo(location);
  }

  @Test
  void a_content_range_that_is_none_gets_416() {
    String location = client.upload(REPOSITORY);
    for (String range : new String[] {"bytes=0-3", "0", "3-0", "-1-3", "a-b", "0-3/10"}) {
      var answer = client.send("PATCH", location, bytes("0123"), "Content-Range", range);
      assertThat(answer.status()).as(range).isEqualTo(416);
    }
  }

  @Test
  void a_chunk_longer_or_shorter_than_its_range_leaves_nothing() {
    String location = client.upload(REPOSITORY);
    chunk("PATCH", location, 0, 4);
    var longer = client.send("PATCH", location, bytes("45678"), "Content-Range", "4-6");
    assertThat(longer.code()).isEqualTo("SIZE_INVALID");
    var shorter = client.send("PATCH", location, bytes("45"), "Content-Range", "4-6");
    assertThat(shorter.code()).isEqualTo("SIZE_INVALID");
    assertThat(client.get(location).header("Range")).isEqualTo("0-3");
    chunk("PATCH", location, 4, 10);
    assertThat(client.send("PUT", location + "?digest=" + digest(BLOB)).status()).isEqualTo(201);
  }

  @Test
  void a_stream_without_content_range_is_appended() {
    String location = client.upload(REPOSITORY);
    client.send("PATCH", location, bytes("01234"));
    assertThat(client.send("PATCH", location, bytes("56789")).header("Range")).isEqualTo("0-9");
    assertThat(client.send("PUT", location + "?digest=" + digest(BLOB)).status()).isEqualTo(201);
  }

  @Test
  void bytes_that_hash_to_something_else_are_refused_and_gone() {
    String location = client.upload(REPOSITORY);
    var refused = client.send("PUT", location + "?digest=" + digest(BLOB), bytes("other"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo("DIGEST_INVALID");
    var single =
        client.send(
            "POST",
            "/v2/%s/blobs/uploads/?digest=%s".formatted(REPOSITORY, digest(BLOB)),
            bytes("other"));
    assertThat(single.code()).isEqualTo("DIGEST_INVALID");
    assertThat(client.get(location).status()).isEqualTo(404);
    assertThat(blob(REPOSITORY, digest(BLOB)).status()).isEqualTo(404);
    assertThat(blob(REPOSITORY, digest(bytes("other"))).status()).isEqualTo(404);
    assertThat(folder.resolve("repositories/dev/floe-platform/_uploads")).isEmptyDirectory();
  }

  @Test
  void bytes_that_lie_about_their_digest_do_not_replace_what_has_it() {
    client.push("dev/other", BLOB);
    String location = client.upload(REPOSITORY);
    client.send("PUT", location + "?digest=" + digest(BLOB), bytes("forged"));
    assertThat(blob("dev/other", digest(BLOB)).bytes()).isEqualTo(BLOB);
  }

  @Test
  void the_last_request_needs_a_digest_that_can_be_one() {
    String location = client.upload(REPOSITORY);
    for (String query : new String[] {"", "?digest=", "?digest=sha256:abc", "?digest=md5:0"}) {
      var answer = client.send("PUT", location + query, BLOB);
      assertThat(answer.code()).as(query).isEqualTo("DIGEST_INVALID");
    }
  }

  @Test
  void a_cancelled_upload_is_gone() {
    String location = client.upload(REPOSITORY);
    assertThat(client.send("DELETE", location).status()).isEqualTo(204);
    assertThat(client.get(location).code()).isEqualTo("BLOB_UPLOAD_UNKNOWN");
    assertThat(client.send("PATCH", location, BLOB).status()).isEqualTo(404);
    assertThat(client.send("PUT", location + "?digest=" + digest(BLOB), BLOB).status())
        .isEqualTo(404);
    assertThat(client.send("DELETE", location).status()).isEqualTo(404);
  }

  @Test
  void an_upload_belongs_to_its_repository() {
    String location = client.upload(REPOSITORY);
    String elsewhere = location.replace(REPOSITORY, "dev/other");
    assertThat(client.send("PATCH", elsewhere, BLOB).status()).isEqualTo(404);
    assertThat(client.get(location).status()).isEqualTo(204);
  }

  @Test
  void an_upload_that_rests_too_long_expires_and_its_bytes_go() throws Exception {
    String location = client.upload(REPOSITORY);
    client.send("PATCH", location, BLOB);
    now.set(Instant.now().plus(Duration.ofMinutes(59)));
    assertThat(client.get(location).status()).isEqualTo(204);
    now.set(Instant.now().plus(Duration.ofMinutes(61)));
    assertThat(client.get(location).status()).isEqualTo(404);
    client.upload("dev/other");
    try (var uploads = Files.list(folder.resolve("repositories/dev/floe-platform/_uploads"))) {
      assertThat(uploads).isEmpty();
    }
  }

  @Test
  void a_blob_is_mounted_from_a_repository_that_has_it() {
    client.push(REPOSITORY, BLOB);
    var mounted = mount("staging/floe-platform", REPOSITORY);
    assertThat(mounted.status()).isEqualTo(201);
    assertThat(mounted.header("Location"))
        .isEqualTo("/v2/staging/floe-platform/blobs/" + digest(BLOB));
    assertThat(client.get(mounted.header("Location")).bytes()).isEqualTo(BLOB);
  }

  @Test
  void a_mount_of_what_is_not_there_begins_an_upload() {
    client.push(REPOSITORY, BLOB);
    for (String from : new String[] {"dev/nothing", "../blobs", "%2e%2e/dev/floe-platform", ""}) {
      var answer = mount("staging/floe-platform", from);
      assertThat(answer.status()).as(from).isEqualTo(202);
      assertThat(client.get(answer.header("Location")).status()).isEqualTo(204);
    }
    assertThat(blob("staging/floe-platform", digest(BLOB)).status()).isEqualTo(404);
  }

  @Test
  void a_blob_of_one_repository_is_not_in_another() {
    client.push(REPOSITORY, BLOB);
    assertThat(blob("staging/floe-platform", digest(BLOB)).code()).isEqualTo("BLOB_UNKNOWN");
  }

  @Test
  void pushing_heals_content_that_the_disk_has_damaged() throws Exception {
    client.push(REPOSITORY, BLOB);
    String hex = digest(BLOB).substring("sha256:".length());
    Files.write(folder.resolve("blobs/sha256/" + hex.substring(0, 2)).resolve(hex), bytes("bad"));
    client.push(REPOSITORY, BLOB);
    assertThat(blob(REPOSITORY, digest(BLOB)).bytes()).isEqualTo(BLOB);
  }

  private Client.Answer mount(String repository, String from) {
    return client.send(
        "POST", "/v2/%s/blobs/uploads/?mount=%s&from=%s".formatted(repository, digest(BLOB), from));
  }

  private Client.Answer blob(String repository, String digest) {
    return client.get("/v2/%s/blobs/%s".formatted(repository, digest));
  }

  private Client.Answer chunk(String method, String location, int from, int to) {
    return client.send(
        method,
        location,
        Arrays.copyOfRange(BLOB, from, to),
        "Content-Range",
        from + "-" + (to - 1),
        "Content-Type",
        "application/octet-stream");
  }
}
