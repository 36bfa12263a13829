package dev.floe.oci.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.manifest.Digest;
import dev.floe.oci.Descriptor;
import dev.floe.oci.MediaTypes;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import dev.floe.oci.credentials.CredentialSource;
import dev.floe.oci.testing.Place;
import dev.floe.oci.testing.RawServer;
import dev.floe.oci.testing.Refusals;
import dev.floe.oci.testing.Samples;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Answers without end, and answers that mean two things: nothing is read beyond what is sensible.
 */
@Timeout(30)
class HostileWireTest {

  private static final String MANIFEST = "{\"schemaVersion\":2,\"layers\":[]}";
  private static final Descriptor BLOB = new Descriptor("x/y", Digest.sha256("hello"), 5);
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  /** Far more than is read, and far less than would take long. */
  private static final long ENDLESS = 400_000_000;

  /** What is read, with what the buffers of two sockets and our repetitions take. */
  private static final long SENSIBLE = 60_000_000;

  private static Repository repository(RawServer server) {
    HttpSettings settings =
        Place.SETTINGS
            .withIdleTimeout(Duration.ofMillis(800))
            .withRequestTimeout(Duration.ofSeconds(2))
            .withTransferTimeout(Duration.ofSeconds(2));
    return new HttpRegistry(server.host(), true, CredentialSource.anonymous(), settings)
        .repository("dev/app");
  }

  /** Sends the beginning once, and then the unit for as long as somebody takes it. */
  private static RawServer pouring(String beginning, String unit, AtomicLong sent) {
    byte[] many =
        unit.repeat(Math.max(1, 65_536 / unit.length())).getBytes(StandardCharsets.ISO_8859_1);
    return RawServer.start(
        (_, out) -> {
          RawServer.write(out, beginning);
          pour(out, many, sent);
          return false;
        });
  }

  private static void pour(OutputStream out, byte[] many, AtomicLong sent) throws IOException {
    while (sent.get() < ENDLESS) {
      out.write(many);
      sent.addAndGet(many.length);
    }
  }

  private static byte[] read(Repository repository) throws IOException {
    try (var in = repository.blob(BLOB)) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length: 10737418240",
    "Content-Length: -5",
    "Content-Length: 99999999999999999999999",
    "Content-Length: many",
    "X-Nothing: 1"
  })
  void a_manifest_of_ten_gigabytes_is_cut_short(String header) {
    AtomicLong sent = new AtomicLong();
    try (RawServer server = pouring(OK + header + "\r\n\r\n{", " ", sent)) {
      assertThat(Refusals.troubleOf(() -> repository(server).manifest("v1")))
          .isIn(RegistryTrouble.INVALID_RESPONSE, RegistryTrouble.UNREACHABLE);
      assertThat(sent).hasValueLessThan(SENSIBLE);
    }
  }

  @Test
  void a_manifest_in_chunks_without_end_is_cut_short() {
    AtomicLong sent = new AtomicLong();
    String chunk = "1000\r\n" + " ".repeat(0x1000) + "\r\n";
    try (RawServer server = pouring(OK + "Transfer-Encoding: chunked\r\n\r\n", chunk, sent)) {
      assertThat(Refusals.troubleOf(() -> repository(server).manifest("v1")))
          .isEqualTo(RegistryTrouble.INVALID_RESPONSE);
      assertThat(sent).hasValueLessThan(SENSIBLE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 500, 503})
  void an_error_without_end_is_cut_short(int status) {
    AtomicLong sent = new AtomicLong();
    String head = "HTTP/1.1 " + status + " X\r\nContent-Length: 10737418240\r\n\r\n";
    try (RawServer server = pouring(head, "{\"errors\":[", sent)) {
      assertThat(Refusals.troubleOf(() -> repository(server).manifest("v1"))).isNotNull();
      assertThat(sent).hasValueLessThan(SENSIBLE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'HTTP/1.1 200 ', O",
    "'HTTP/1.1 200 OK\r\nX: ', x",
    "'HTTP/1.1 200 OK\r\n', 'X-More: 1\r\n'",
    "'HTTP/1.1 200 OK\r\nX: y\r\n', ' folded\r\n'",
    "'', 'HTTP/1.1 100 Continue\r\n\r\n'",
    "'', 'HTTP/1.1 103 Early Hints\r\n\r\n'",
    "'', x",
    "'', '\r\n'"
  })
  void a_head_without_end_is_given_up(String beginning, String unit) {
    AtomicLong sent = new AtomicLong();
    try (RawServer server = pouring(beginning, unit, sent)) {
      assertThat(Refusals.troubleOf(() -> repository(server).manifest("v1")))
          .isEqualTo(RegistryTrouble.UNREACHABLE);
      assertThat(sent).hasValueLessThan(SENSIBLE);
    }
  }

  @Test
  void a_size_of_a_chunk_without_end_is_given_up() {
    AtomicLong sent = new AtomicLong();
    try (RawServer server = pouring(OK + "Transfer-Encoding: chunked\r\n\r\n", "0", sent)) {
      assertThat(Refusals.troubleOf(() -> repository(server).manifest("v1")))
          .isEqualTo(RegistryTrouble.UNREACHABLE);
      assertThat(sent).hasValueLessThan(SENSIBLE);
    }
  }

  @ParameterizedTest
  @CsvSource({"'', 'X-More: 1\r\n'", "'X-More: ', x"})
  @Timeout(5)
  void trailers_without_end_are_given_up(String beginning, String unit) {
    AtomicLong sent = new AtomicLong();
    String head = OK + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n0\r\n" + beginning;
    try (RawServer server = pouring(head, unit, sent)) {
      assertThat(Refusals.troubleOf(() -> repository(server).manifest("v1")))
          .isEqualTo(RegistryTrouble.UNREACHABLE);
      assertThat(sent).hasValueLessThan(SENSIBLE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"103 Early Hints", "100 Continue", "199 Whatever"})
  @Timeout(5)
  void interim_answers_without_end_are_told(String status) {
    AtomicLong sent = new AtomicLong();
    try (RawServer server = pouring("", "HTTP/1.1 " + status + "\r\n\r\n", sent)) {
      assertThat(Refusals.of(() -> repository(server).manifest("v1")))
          .hasMessageContaining("more than 20 interim answers");
      assertThat(sent).hasValueLessThan(SENSIBLE);
    }
  }

  @ParameterizedTest
  @CsvSource({"'X: ', x", "'', 'X-More: 1\r\n'"})
  @Timeout(5)
  void a_head_without_end_is_told(String beginning, String unit) {
    AtomicLong sent = new AtomicLong();
    try (RawServer server = pouring(OK + beginning, unit, sent)) {
      assertThat(Refusals.of(() -> repository(server).manifest("v1")))
          .hasMessageContaining("the head of its answer is longer than any sensible one");
      assertThat(sent).hasValueLessThan(SENSIBLE);
    }
  }

  @ParameterizedTest
  @CsvSource({"'', x", "'Transfer-Encoding: chunked\r\n', '5\r\nhello\r\n'"})
  void a_blob_that_goes_on_after_its_end_is_a_mismatch(String header, String unit) {
    AtomicLong sent = new AtomicLong();
    String head = OK + header + "\r\n" + (header.isEmpty() ? "hello" : "");
    try (RawServer server = pouring(head, unit, sent)) {
      assertThat(Refusals.troubleOf(() -> read(repository(server))))
          .isEqualTo(RegistryTrouble.DIGEST_MISMATCH);
      assertThat(sent).hasValueLessThan(SENSIBLE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'Content-Length: 5\r\n', hell, UNREACHABLE",
    "'Content-Length: 4\r\n', hell, DIGEST_MISMATCH",
    "'Content-Length: 5\r\n', jello, DIGEST_MISMATCH",
    "'', hell, UNREACHABLE",
    "'Transfer-Encoding: chunked\r\n', '4\r\nhell\r\n0\r\n\r\n', UNREACHABLE",
    "'Content-Encoding: gzip\r\n', jello, DIGEST_MISMATCH"
  })
  void a_blob_with_less_or_other_bytes_is_not_accepted(
      String header, String body, RegistryTrouble why) {
    try (RawServer server =
        RawServer.start(
            (_, out) -> {
              RawServer.write(out, OK + header + "\r\n" + body);
              return false;
            })) {
      assertThat(Refusals.troubleOf(() -> read(repository(server)))).isEqualTo(why);
    }
  }

  @Test
  void an_answer_that_nobody_asked_for_is_not_the_next_one() {
    String served = "Content-Type: " + MediaTypes.OCI_MANIFEST + "\r\nContent-Length: ";
    String evil = "{\"layers\":[],\"evil\":1}";
    try (RawServer server =
        RawServer.start(
            (_, out) -> {
              String smuggled = OK + served + evil.length() + "\r\n\r\n" + evil;
              RawServer.write(
                  out, OK + served + MANIFEST.length() + "\r\n\r\n" + MANIFEST + smuggled);
              return true;
            })) {
      Repository repository = repository(server);
      Digest digest = Digest.sha256(MANIFEST);

      for (int i = 0; i < 3; i++) {
        try {
          assertThat(repository.manifest(digest).bytes()).isEqualTo(Samples.text(MANIFEST));
        } catch (RegistryException e) {
          // What was slipped in may spoil an answer, but never passes for one.
          assertThat(e.trouble())
              .isIn(RegistryTrouble.DIGEST_MISMATCH, RegistryTrouble.UNREACHABLE);
        }
      }
    }
  }

  @Test
  void an_interim_answer_with_nothing_after_it_is_given_up() {
    try (RawServer server =
        RawServer.start(
            (_, out) -> {
              RawServer.write(out, "HTTP/1.1 100 Continue\r\n\r\n");
              LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
              return false;
            })) {
      assertThat(Refusals.troubleOf(() -> repository(server).manifest("v1")))
          .isEqualTo(RegistryTrouble.UNREACHABLE);
    }
  }

  @Test
  void a_switch_to_another_protocol_is_no_answer() {
    try (RawServer server =
        RawServer.start(
            (_, out) -> {
              RawServer.write(out, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n");
              return false;
            })) {
      assertThat(Refusals.troubleOf(() -> repository(server).manifest("v1")))
          .isIn(RegistryTrouble.INVALID_RESPONSE, RegistryTrouble.UNREACHABLE);
    }
  }
}
