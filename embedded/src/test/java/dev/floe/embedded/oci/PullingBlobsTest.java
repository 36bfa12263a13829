package dev.floe.embedded.oci;

import static dev.floe.embedded.oci.Client.bytes;
import static dev.floe.embedded.oci.Client.digest;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a blob gets out, whole or in part. */
class PullingBlobsTest {

  private static final byte[] BLOB = bytes("0123456789");
  private static final String PATH = "/v2/dev/app/blobs/" + digest(BLOB);

  @TempDir Path folder;

  private OciRegistryServer server;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    server = OciRegistryServer.start(folder);
    client = new Client(server);
    client.push("dev/app", BLOB);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_get_carries_the_bytes_and_their_digest() {
    var got = client.get(PATH);
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.bytes()).isEqualTo(BLOB);
    assertThat(got.header("Docker-Content-Digest")).isEqualTo(digest(BLOB));
    assertThat(got.header("Content-Length")).isEqualTo("10");
  }

  @Test
  void a_head_says_the_same_and_carries_nothing() {
    var head = client.send("HEAD", PATH);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.bytes()).isEmpty();
    assertThat(head.header("Docker-Content-Digest")).isEqualTo(digest(BLOB));
    assertThat(head.header("Content-Length")).isEqualTo("10");
  }

  @Test
  void a_head_of_what_is_not_there_gets_404() {
    assertThat(client.send("HEAD", "/v2/dev/app/blobs/" + digest(bytes("x"))).status())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3, 0123, bytes 0-3/10",
    "bytes=4-, 456789, bytes 4-9/10",
    "bytes=-2, 89, bytes 8-9/10",
    "bytes=-99, 0123456789, bytes 0-9/10",
    "bytes=7-99, 789, bytes 7-9/10",
    "bytes=9-9, 9, bytes 9-9/10"
  })
  void a_range_carries_a_part(String range, String part, String contentRange) {
    var got = client.get(PATH, "Range", range);
    assertThat(got.status()).isEqualTo(206);
    assertThat(got.text()).isEqualTo(part);
    assertThat(got.header("Content-Range")).isEqualTo(contentRange);
  }

  @ParameterizedTest
  @CsvSource({"bytes=10-", "bytes=10-12", "bytes=-0", "bytes=99999999999999999-"})
  void a_range_behind_the_end_gets_416(String range) {
    var got = client.get(PATH, "Range", range);
    assertThat(got.status()).isEqualTo(416);
    assertThat(got.header("Content-Range")).isEqualTo("bytes */10");
  }

  @ParameterizedTest
  @CsvSource({"'bytes=0-1,3-4'", "lines=0-1", "bytes=3-1", "bytes=-", "bytes=x-y"})
  void a_range_that_is_not_one_part_carries_all(String range) {
    var got = client.get(PATH, "Range", range);
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.bytes()).isEqualTo(BLOB);
  }

  @Test
  void what_the_client_has_is_not_sent_again() {
    String etag = client.get(PATH).header("ETag");
    assertThat(client.get(PATH, "If-None-Match", etag).status()).isEqualTo(304);
  }

  @Test
  void a_digest_may_be_percent_encoded() {
    assertThat(client.get(PATH.replace("sha256:", "sha256%3A")).bytes()).isEqualTo(BLOB);
  }

  @Test
  void a_digest_that_is_none_gets_400() {
    for (String digest :
        new String[] {
          "sha256:abc", "latest", "md5:0", digest(BLOB).toUpperCase(Locale.ROOT), "sha256:../x"
        }) {
      assertThat(client.get("/v2/dev/app/blobs/" + digest).status()).as(digest).isIn(400, 404);
    }
    assertThat(client.get("/v2/dev/app/blobs/sha256:abc").code()).isEqualTo("DIGEST_INVALID");
  }

  @Test
  void a_deleted_blob_is_gone_from_its_repository_only() {
    client.push("dev/other", BLOB);
    assertThat(client.send("DELETE", PATH).status()).isEqualTo(202);
    assertThat(client.get(PATH).code()).isEqualTo("BLOB_UNKNOWN");
    assertThat(client.send("DELETE", PATH).status()).isEqualTo(404);
    assertThat(client.get("/v2/dev/other/blobs/" + digest(BLOB)).bytes()).isEqualTo(BLOB);
  }

  @Test
  void a_large_blob_streams_both_ways() {
    byte[] large = new byte[9_000_001];
    new Random(1).nextBytes(large);
    client.push("dev/app", large);
    var got = client.get("/v2/dev/app/blobs/" + digest(large));
    assertThat(digest(got.bytes())).isEqualTo(digest(large));
    var tail = client.get("/v2/dev/app/blobs/" + digest(large), "Range", "bytes=9000000-");
    assertThat(tail.bytes()).containsExactly(large[9_000_000]);
  }
}
