package dev.floe.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpExchange;
import dev.floe.kernel.Requirement;
import dev.floe.oci.json.Json;
import dev.floe.oci.testing.DockerRegistry;
import dev.floe.oci.testing.FaultyProxy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A copy that takes its time, and what is told of it meanwhile. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CopyProgressIT {

  private static final int SIZE = 50 * 1024 * 1024;

  private Whole whole;
  private DockerRegistry staging;
  private FaultyProxy before;

  @BeforeAll
  void start(@TempDir Path folder) {
    assumeThat(DockerRegistry.isInstalled()).as("docker-registry is installed").isTrue();
    staging = DockerRegistry.start(folder.resolve("staging"));
    before = FaultyProxy.before(staging.host());
    whole = Whole.running();
    whole.apply(Manifests.withStagingAt(before.host() + "/floe"));
  }

  @AfterAll
  void stop() {
    if (before != null) {
      whole.apply(Manifests.COURSE);
      before.close();
      staging.close();
    }
  }

  @Test
  @Requirement("337.2")
  void bytes_are_told_while_they_move_and_are_no_part_of_the_trail() {
    Course course = whole.course("watched", "v1.0.0");
    Reply stored = course.store(incompressible());
    assertThat(stored.status()).as(stored.toString()).isEqualTo(201);
    assertThat(course.register(stored.text("digest")).status()).isEqualTo(202);
    before.with(this::slowly);

    String id = course.promote("staging").text("id");
    String path = "/api/v1/promotions/%s/progress".formatted(id);
    Person dana = whole.door().as(Course.DANA);
    Awaitility.await("the copy has begun")
        .atMost(Course.PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !snapshot(dana, path).body().elements("registries").isEmpty());
    List<Json> told = events(dana, path);

    assertThat(told).anyMatch(event -> bytes(event) > 0 && bytes(event) < total(event));
    Json last = told.getLast();
    assertThat(last.member("finished")).contains(new Json.Flag(true));
    assertThat(last.text("role")).contains("primary");
    assertThat(last.text("registry")).contains("oci://" + before.host() + "/floe");
    assertThat(bytes(last)).isEqualTo(total(last)).isGreaterThan(SIZE / 2);
    course.await(id, "succeeded");
    assertThat(snapshot(dana, path).body().elements("registries")).isEmpty();
    assertThat(course.events(id)).isNotEmpty().noneMatch(name -> name.contains("progress"));
  }

  private static Reply snapshot(Person dana, String path) {
    return dana.get(path, "Accept", "application/json");
  }

  /** What the stream told, once it has ended. */
  private static List<Json> events(Person dana, String path) {
    byte[] stream = dana.raw("GET", path, null, "Accept", "text/event-stream").body();
    return new String(stream, UTF_8)
        .lines()
        .filter(line -> line.startsWith("data: "))
        .map(line -> Json.read(line.substring("data: ".length()).getBytes(UTF_8)))
        .toList();
  }

  private static long bytes(Json event) {
    return event.whole("bytes").orElseThrow();
  }

  private static long total(Json event) {
    return event.whole("total").orElseThrow();
  }

  /** Takes what is uploaded at no more than 25 MiB a second. */
  private boolean slowly(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().matches("PUT|PATCH")) {
      return false;
    }
    var sent = new ByteArrayOutputStream();
    byte[] portion = new byte[256 * 1024];
    int count;
    while ((count = exchange.getRequestBody().readNBytes(portion, 0, portion.length)) > 0) {
      sent.write(portion, 0, count);
      pause();
    }
    var passed = before.forward(exchange, sent.toByteArray());
    return FaultyProxy.answer(exchange, passed.status(), passed.headers(), passed.body());
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(Duration.ofMillis(10));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private static String incompressible() {
    var random = new Random(1);
    byte[] text = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      text[i] = (byte) (' ' + 1 + random.nextInt(94));
    }
    return new String(text, UTF_8);
  }
}
