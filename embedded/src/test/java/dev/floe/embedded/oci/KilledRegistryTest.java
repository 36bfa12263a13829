package dev.floe.embedded.oci;

import static dev.floe.embedded.oci.Client.MANIFEST;
import static dev.floe.embedded.oci.Client.bytes;
import static dev.floe.embedded.oci.Client.digest;
import static dev.floe.embedded.oci.Client.manifest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry whose JVM is killed in the middle of the work. */
class KilledRegistryTest {

  private static final String REPOSITORY = "dev/floe-platform";

  @TempDir Path folder;

  private Path data;
  private Process process;
  private String host;

  @BeforeEach
  void start() throws Exception {
    data = folder.resolve("registry");
    Path ready = folder.resolve("ready");
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                RegistryProcess.class.getName(),
                data.toString(),
                ready.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("registry.out").toFile())
            .start();
    await().untilAsserted(() -> assertThat(ready).exists());
    host = Files.readString(ready);
  }

  @AfterEach
  void kill() throws Exception {
    process.destroyForcibly().waitFor();
  }

  @Test
  void an_upload_cut_by_kill_9_goes_on_after_the_restart() throws Exception {
    byte[] blob = new byte[6_000_000];
    new Random(7).nextBytes(blob);
    String location = new Client(host).upload(REPOSITORY);
    Path upload =
        data.resolve("repositories")
            .resolve(REPOSITORY)
            .resolve("_uploads")
            .resolve(location.substring(location.lastIndexOf('/') + 1));
    try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port())) {
      var out = socket.getOutputStream();
      String head =
          "PUT %s?digest=%s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(location, digest(blob), host, blob.length);
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(blob, 0, blob.length / 2);
      out.flush();
      await().untilAsserted(() -> assertThat(Files.size(upload)).isGreaterThan(1_000_000));
      kill();
    }

    try (var server = OciRegistryServer.start(data)) {
      var client = new Client(server);
      String path = "/v2/%s/blobs/%s".formatted(REPOSITORY, digest(blob));
      assertThat(client.send("HEAD", path).status()).isEqualTo(404);
      String range = client.get(location).header("Range");
      int from = Integer.parseInt(range.substring(range.indexOf('-') + 1)) + 1;
      assertThat(from).isBetween(1_000_000, blob.length / 2);
      var pushed =
          client.send(
              "PUT",
              location + "?digest=" + digest(blob),
              Arrays.copyOfRange(blob, from, blob.length),
              "Content-Range",
              from + "-" + (blob.length - 1));
      assertThat(pushed.status()).isEqualTo(201);
      assertThat(digest(client.get(path).bytes())).isEqualTo(digest(blob));
    }
  }

  @Test
  void kill_9_among_many_writes_leaves_nothing_broken_and_loses_nothing_acknowledged()
      throws Exception {
    Map<String, String> acknowledged = new ConcurrentHashMap<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int thread = 0; thread < 4; thread++) {
        String writer = "w" + thread;
        threads.execute(() -> writeUntilKilled(writer, acknowledged));
      }
      await().untilAsserted(() -> assertThat(acknowledged).hasSizeGreaterThan(40));
      kill();
    }

    try (var server = OciRegistryServer.start(data)) {
      var client = new Client(server);
      assertThat(data.resolve("tmp")).isEmptyDirectory();
      assertContentIsWhole();
      acknowledged.forEach(
          (tag, digest) -> {
            var got = client.get("/v2/%s/manifests/%s".formatted(REPOSITORY, tag));
            assertThat(digest(got.bytes())).as(tag).isEqualTo(digest);
            String layer = got.json().path("layers").path(0).path("digest").asText();
            assertThat(client.send("HEAD", "/v2/%s/blobs/%s".formatted(REPOSITORY, layer)).status())
                .isEqualTo(200);
          });
      var tags = client.get("/v2/%s/tags/list".formatted(REPOSITORY)).json().path("tags");
      tags.forEach(
          tag ->
              assertThat(
                      client
                          .get("/v2/%s/manifests/%s".formatted(REPOSITORY, tag.asText()))
                          .status())
                  .isEqualTo(200));
    }
  }

  private int port() {
    return Integer.parseInt(host.substring(host.indexOf(':') + 1));
  }

  private void writeUntilKilled(String writer, Map<String, String> acknowledged) {
    var client = new Client(host);
    try {
      client.push(REPOSITORY, bytes("{}"));
      for (int i = 0; ; i++) {
        String layer = (writer + "-" + i).repeat(5000);
        client.push(REPOSITORY, bytes(layer));
        byte[] image = manifest("", layer);
        String tag = writer + "." + i;
        if (client.put(REPOSITORY, tag, MANIFEST, image).status() == 201) {
          acknowledged.put(tag, digest(image));
        }
      }
    } catch (UncheckedIOException _) {
      // The registry is dead, as it should be.
    }
  }

  private void assertContentIsWhole() throws IOException {
    try (var paths = Files.walk(data.resolve("blobs"))) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        assertThat(digest(Files.readAllBytes(path))).isEqualTo("sha256:" + path.getFileName());
      }
    }
  }
}
