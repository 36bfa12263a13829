package dev.floe.local;

import static dev.floe.local.Course.DANA;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Attacks that take without giving; others are served meanwhile. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExhaustionIT {

  private static final int MEGABYTE = 1024 * 1024;

  private final List<Socket> attackers = new ArrayList<>();
  private Whole whole;

  @BeforeAll
  void start() {
    whole = Whole.running();
    whole.apply(Manifests.COURSE);
  }

  @AfterEach
  void end() throws IOException {
    for (Socket attacker : attackers) {
      attacker.close();
    }
    attackers.clear();
  }

  private Socket attacker(String text) throws IOException {
    var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), whole.port());
    socket.setSoTimeout(10_000);
    attackers.add(socket);
    write(socket, text.replace("HOST", "Host: 127.0.0.1:" + whole.port()));
    return socket;
  }

  private static void write(Socket socket, String text) {
    try {
      socket.getOutputStream().write(text.getBytes(UTF_8));
    } catch (IOException _) {
      // Ended already, which is what the attack should meet.
    }
  }

  private static String statusLine(Socket socket) throws IOException {
    var line = new StringBuilder();
    for (int next = socket.getInputStream().read();
        next >= 0 && next != '\n';
        next = socket.getInputStream().read()) {
      line.append((char) next);
    }
    return line.toString();
  }

  private void assertServed() {
    assertThat(whole.door().as(DANA).get("/api/v1/whoami").status()).isEqualTo(200);
    assertThat(whole.door().nobody().get("/health/readiness").status()).isEqualTo(200);
  }

  private static long usedMemory() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static String post(int length) {
    return "POST /schema-registry/subjects/x/versions HTTP/1.1\r\nHOST\r\nContent-Length: %d\r\n\r\n"
        .formatted(length);
  }

  @Test
  void posts_that_stall_take_no_memory() throws IOException {
    long before = usedMemory();
    String body = "x".repeat(200_000);
    for (int i = 0; i < 101; i++) {
      attacker(post(250_000) + body);
    }
    Socket large = attacker(post(10_000_000));

    assertThat(statusLine(large)).contains(" 413 ");
    assertServed();
    assertThat(usedMemory() - before).isLessThan(100L * MEGABYTE);
  }

  @Test
  void half_open_connections_keep_nobody_out() throws IOException {
    for (int i = 0; i < 500; i++) {
      attacker(i % 2 == 0 ? "" : "GET /api/v1/status HTTP/1.1\r\nHo");
    }

    assertServed();
  }

  @Test
  void streams_of_one_person_are_bounded() throws IOException {
    String head =
        "GET /api/v1/audit/stream HTTP/1.1\r\nHOST\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(whole.door().token("greedy@acme.com"));
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      answers.add(statusLine(attacker(head)));
    }

    assertThat(answers.stream().filter(line -> line.contains(" 200 "))).hasSize(64);
    assertThat(answers.stream().filter(line -> line.contains(" 429 "))).hasSize(136);
    assertServed();
    Socket another = attacker(head.replaceAll("Bearer .*", "Bearer " + whole.door().token(DANA)));
    assertThat(statusLine(another)).contains(" 200 ");

    end();
    org.awaitility.Awaitility.await()
        .untilAsserted(() -> assertThat(statusLine(attacker(head))).contains(" 200 "));
  }

  @Test
  void bad_paths_fill_no_log() throws IOException {
    long before = Files.size(whole.data().resolve("floe.log"));
    for (int i = 0; i < 1000; i++) {
      Socket bad = attacker("GET /\\x%d HTTP/1.1\r\nHOST\r\n\r\n".formatted(i));
      assertThat(statusLine(bad)).contains(" 400 ");
      bad.close();
    }
    attackers.clear();

    assertThat(Files.size(whole.data().resolve("floe.log")) - before).isLessThan(10_000);
  }
}
