package dev.floe.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.messaging.KafkaConnection;
import dev.floe.schemas.Topics;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A part dies, a disk is full, a stranger takes what there is: it says so, and heals. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DyingPartsIT {

  private static final String READINESS = "/health/readiness";

  private Whole whole;

  @BeforeAll
  void start() {
    whole = Whole.running();
    whole.apply(Manifests.COURSE);
  }

  @Test
  void reads_wait_for_a_killed_postgresql_and_go_on_by_themselves_with_what_happened_meanwhile() {
    Course course = whole.course("parted", "v1.0.0");
    course.publish();
    ProcessHandle killed = whole.system().infrastructure().postgres().process();
    killed.destroyForcibly();
    killed.onExit().join();

    Set<String> seen = new HashSet<>();
    Set<String> parts = new HashSet<>();
    Awaitility.await("a trouble of PostgreSQL's")
        .until(
            () -> {
              parts.addAll(ask(READINESS).texts("troubles", "part"));
              return parts.contains("postgresql");
            });
    seen.add(answer("/api/v1/status"));
    course.reach("staging");
    Awaitility.await("readiness")
        .atMost(Course.PATIENCE)
        .until(
            () -> {
              seen.add(answer("/api/v1/status"));
              return ask(READINESS).status() == 200;
            });

    assertThat(seen).isSubsetOf("200 ", "503 not-ready");
    assertThat(whole.system().infrastructure().postgres().process().pid())
        .isNotEqualTo(killed.pid());
    assertThat(course.trail("artifact=parted&event=promotion_succeeded")).isNotEmpty();
  }

  private String answer(String path) {
    Reply reply = ask(path);
    return reply.status() + " " + reply.code();
  }

  private Reply ask(String path) {
    return whole.door().as(Course.DANA).get(path);
  }

  @Test
  void nothing_new_is_taken_while_the_disk_is_nearly_full_and_everything_again_afterwards() {
    Storage storage = whole.system().infrastructure().storage();
    Course course = whole.course("parted", "v1.1.0");
    try {
      storage.reserve(Integer.MAX_VALUE);
      Reply refused = course.register("sha256:" + "0".repeat(64));
      Reply upload =
          whole.door().as(Course.DANA).send("POST", "/v2/dev/parted/blobs/uploads/", new byte[0]);

      for (Reply reply : List.of(refused, upload, course.store("more"))) {
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.code()).isEqualTo("storage-full");
        assertThat(reply.exitCode()).isEqualTo(5);
        assertThat(reply.header("Retry-After")).isPresent();
      }
      assertThat(ask("/api/v1/status").status()).isEqualTo(200);
      assertThat(ask(READINESS).texts("troubles", "part")).contains("storage");
    } finally {
      storage.reserve(Storage.RESERVE_MB);
    }
    assertThat(ask(READINESS).status()).isEqualTo(200);
    course.publish();
  }

  @Test
  void a_promotion_comes_to_its_end_while_strangers_take_all_that_kafka_gives_them()
      throws Exception {
    Course course = whole.course("flooded", "v1.0.0");
    course.publish();
    String[] place = FloeJson.read(whole.data(), "kafka").orElseThrow().split(":", 2);
    List<Socket> stalled = new ArrayList<>();
    try (var producer = KafkaConnection.plain(String.join(":", place)).producer("flood")) {
      for (int i = 0; i < 200; i++) {
        var _ =
            producer.send(
                new ProducerRecord<>(
                    Topics.PROMOTION_COMMANDS.name(), "flooded".getBytes(UTF_8), new byte[20_000]));
      }
      producer.flush();
      for (int i = 0; i < 150; i++) {
        var socket = new Socket(InetAddress.getByName(place[0]), Integer.parseInt(place[1]));
        stalled.add(socket);
        socket.getOutputStream().write(ByteBuffer.allocate(4).putInt(2 << 20).array());
      }
      course.reach("staging");
    } finally {
      for (Socket socket : stalled) {
        socket.close();
      }
    }
  }
}
