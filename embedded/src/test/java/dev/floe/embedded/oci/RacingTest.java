package dev.floe.embedded.oci;

import static dev.floe.embedded.oci.Client.MANIFEST;
import static dev.floe.embedded.oci.Client.bytes;
import static dev.floe.embedded.oci.Client.digest;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  void content_that_some_delete_and_some_push_is_whole_for_who_has_it_while_garbage_goes()
      throws Exception {
    byte[] blob = bytes("the same for all");
    all(
        thread -> {
          String repository = "dev/app" + thread;
          String path = "/v2/%s/blobs/%s".formatted(repository, digest(blob));
          for (int round = 0; round < ROUNDS; round++) {
            assertThat(client.push(repository, blob).status()).isEqualTo(201);
            registry.collectGarbage();
            assertThat(client.get(path).text()).isEqualTo("the same for all");
            assertThat(client.send("DELETE", path).status()).isEqualTo(202);
          }
          return thread;
        });
    registry.collectGarbage();
    assertThat(folder.resolve("blobs")).isDirectoryNotContaining("regex:.*/[0-9a-f]{64}");
  }

  @Test
  void of_all_who_write_one_chunk_one_gets_it_in() throws Exception {
    String location = client.upload(REPOSITORY);
    byte[] chunk = bytes("0123456789".repeat(20_000));
    List<Integer> statuses =
        all(
            _ ->
                client
                    .send("PATCH", location, chunk, "Content-Range", "0-" + (chunk.length - 1))
                    .status());
    assertThat(statuses).containsOnly(202, 416).containsOnlyOnce(202);
    var pushed = client.send("PUT", location + "?digest=" + digest(chunk));
    assertThat(pushed.status()).isEqualTo(201);
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
