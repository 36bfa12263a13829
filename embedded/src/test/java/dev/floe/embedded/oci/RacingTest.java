package dev.floe.embedded.oci;

import static dev.floe.embedded.oci.Client.MANIFEST;
import static dev.floe.embedded.oci.Client.bytes;
import static dev.floe.embedded.oci.Client.digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eight at once, and each sees a registry that makes sense. */
class RacingTest {

  private static final String REPOSITORY = "dev/floe-platform";
  private static final int THREADS = 8;
  private static final int ROUNDS = 15;

  @TempDir Path folder;

  private OciRegistry registry;
  private OciRegistryServer server;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    registry = new OciRegistry(folder, WritePolicy.everyone());
    server = OciRegistryServer.start(registry, 0);
    client = new Client(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_tag_that_all_put_always_is_one_of_what_they_put() throws Exception {
    List<byte[]> images =
        IntStream.range(0, THREADS).mapToObj(i -> client.image(REPOSITORY, "layer" + i)).toList();
    Set<String> digests = images.stream().map(Client::digest).collect(Collectors.toSet());
    client.put(REPOSITORY, "latest", MANIFEST, images.getFirst());
    all(
        thread -> {
          byte[] mine = images.get(thread);
          for (int round = 0; round < ROUNDS; round++) {
            assertThat(client.put(REPOSITORY, "latest", MANIFEST, mine).status()).isEqualTo(201);
            var got = client.get("/v2/dev/floe-platform/manifests/latest");
            assertThat(got.status()).isEqualTo(200);
            assertThat(digest(got.bytes())).isEqualTo(got.header("Docker-Content-Digest"));
            assertThat(digests).contains(digest(got.bytes()));
          }
          return thread;
        });
  }

  @Test
  void what_is_pushed_while_garbage_goes_is_there() throws Exception {
    all(
        thread -> {
          for (int round = 0; round < ROUNDS; round++) {
            if (thread % 2 == 0) {
              registry.collectGarbage();
              continue;
            }
            // Nobody else has it: it is garbage between its name and its first link.
            byte[] blob = bytes("of %d in %d".formatted(thread, round));
            String path = "/v2/dev/app%d/blobs/%s".formatted(thread, digest(blob));
            assertThat(client.push("dev/app" + thread, blob).status()).isEqualTo(201);
            assertThat(client.get(path).bytes()).isEqualTo(blob);
            assertThat(client.send("DELETE", path).status()).isEqualTo(202);
          }
          return thread;
        });
    registry.collectGarbage();
    try (var left = Files.walk(folder.resolve("blobs"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void while_one_writes_an_upload_another_is_told_where_it_stands() throws Exception {
    String location = client.upload(REPOSITORY);
    try (var thread = Executors.newSingleThreadExecutor();
        var body = new PipedInputStream()) {
      Future<Response> slow;
      try (var rest = new PipedOutputStream(body)) {
        slow = thread.submit(() -> registry.handle(patch(location, body)));
        rest.write(bytes("01234"));
        rest.flush();
        await().untilAsserted(() -> assertThat(length(location)).isEqualTo("0-4"));
        var other = client.send("PATCH", location, bytes("56789"));
        assertThat(other.status()).isEqualTo(416);
        assertThat(other.header("Range")).isEqualTo("0-4");
        rest.write(bytes("56789"));
      }
      assertThat(slow.get().status()).isEqualTo(202);
    }
    assertThat(client.send("PUT", location + "?digest=" + digest(bytes("0123456789"))).status())
        .isEqualTo(201);
  }

  private String length(String location) {
    return client.get(location).header("Range");
  }

  private static Request patch(String location, InputStream body) {
    return new Request("PATCH", location, null, Map.of(), body, "here");
  }

  @Test
  void all_referrers_pushed_at_once_are_listed() throws Exception {
    byte[] subject = client.image(REPOSITORY, "subject");
    all(
        thread -> {
          byte[] referrer = Client.referrer(subject, "application/x-sig", "by " + thread);
          return client.put(REPOSITORY, digest(referrer), MANIFEST, referrer).status();
        });
    var listed = client.get("/v2/dev/floe-platform/referrers/" + digest(subject));
    assertThat(listed.json().path("manifests")).hasSize(THREADS);
  }

  private interface Work<T> {
    T by(int thread) throws Exception;
  }

  private static <T> List<T> all(Work<T> work) throws Exception {
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      List<Callable<T>> calls =
          IntStream.range(0, THREADS).<Callable<T>>mapToObj(i -> () -> work.by(i)).toList();
      var results = new ArrayList<T>();
      for (Future<T> future : threads.invokeAll(calls)) {
        results.add(future.get());
      }
      return results;
    }
  }
}
