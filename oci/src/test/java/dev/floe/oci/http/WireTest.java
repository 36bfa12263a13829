package dev.floe.oci.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.floe.manifest.Digest;
import dev.floe.oci.Descriptor;
import dev.floe.oci.MediaTypes;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import dev.floe.oci.credentials.CredentialSource;
import dev.floe.oci.testing.Place;
import dev.floe.oci.testing.RawServer;
import dev.floe.oci.testing.Samples;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that breaks HTTP itself. */
@Timeout(20)
class WireTest {

  private static final String MANIFEST = "{\"schemaVersion\":2,\"layers\":[]}";
  private static final Descriptor BLOB = new Descriptor("x/y", Digest.sha256("hello"), 5);
  private static final String SERVED =
      "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
          .formatted(MediaTypes.OCI_MANIFEST, MANIFEST.length(), MANIFEST);

  private static Repository repository(RawServer server) {
    HttpSettings settings =
        Place.SETTINGS
            .withIdleTimeout(Duration.ofMillis(400))
            .withRequestTimeout(Duration.ofMillis(1_000));
    return new HttpRegistry(server.host(), true, CredentialSource.anonymous(), settings)
        .repository("dev/app");
  }

  private static void assertServed(Repository repository) {
    assertThat(repository.manifest("v1").bytes()).isEqualTo(Samples.text(MANIFEST));
  }

  private static void assertUnreachable(Repository repository) {
    assertThatThrownBy(() -> repository.manifest("v1"))
        .asInstanceOf(type(RegistryException.class))
        .returns(RegistryTrouble.UNREACHABLE, RegistryException::trouble);
  }

  @Test
  void that_sends_a_body_after_head_does_not_spoil_the_next_answer() {
    try (RawServer server =
        RawServer.start(
            (head, out) -> {
              RawServer.write(
                  out,
                  head.startsWith("HEAD")
                      ? "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
                      : SERVED);
              return true;
            })) {
      Repository repository = repository(server);

      assertThat(repository.hasBlob(BLOB)).isTrue();
      assertServed(repository);
      assertThat(repository.hasBlob(BLOB)).isTrue();
      assertServed(repository);
    }
  }

  @Test
  void that_hangs_up_between_requests_is_asked_again() {
    try (RawServer server =
        RawServer.start(
            (_, out) -> {
              RawServer.write(out, SERVED);
              return false;
            })) {
      Repository repository = repository(server);

      assertServed(repository);
      assertServed(repository);
    }
  }

  @Test
  void that_hangs_up_on_a_kept_connection_costs_no_attempt() {
    HttpSettings once =
        Place.SETTINGS.withAttempts(
            new HttpSettings.Attempts(1, Duration.ofMillis(1), Duration.ofMillis(1)));
    try (RawServer server =
        RawServer.start(
            (_, out) -> {
              RawServer.write(out, SERVED);
              return false;
            })) {
      Repository repository =
          new HttpRegistry(server.host(), true, CredentialSource.anonymous(), once)
              .repository("dev/app");

      for (int i = 0; i < 5; i++) {
        assertServed(repository);
      }
    }
  }

  @Test
  void that_sends_its_head_drop_by_drop_is_given_up() {
    try (RawServer server =
        RawServer.start(
            (_, out) -> {
              RawServer.write(out, "HTTP/1.1 200 OK\r\n");
              for (int i = 0; i < 1_000; i++) {
                RawServer.write(out, "X-" + i + ": drop\r\n");
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
              }
              return false;
            })) {
      assertUnreachable(repository(server));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/1.1 abc\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"
      })
  void that_talks_nonsense_is_given_up(String nonsense) {
    try (RawServer server =
        RawServer.start(
            (_, out) -> {
              RawServer.write(out, nonsense);
              return false;
            })) {
      assertUnreachable(repository(server));
    }
  }

  @Test
  void that_breaks_off_within_the_head_has_not_said_that_the_blob_is_there() {
    try (RawServer server =
        RawServer.start(
            (_, out) -> {
              RawServer.write(out, "HTTP/1.1 200 OK\r\n");
              return false;
            })) {
      assertThat(repository(server).hasBlob(BLOB)).isFalse();
    }
  }

  @Test
  void that_talks_nonsense_once_is_asked_again() {
    AtomicInteger count = new AtomicInteger();
    try (RawServer server =
        RawServer.start(
            (_, out) -> {
              RawServer.write(out, count.getAndIncrement() == 0 ? "nonsense\r\n\r\n" : SERVED);
              return false;
            })) {
      assertServed(repository(server));
    }
  }

  @Test
  void that_refuses_an_upload_before_it_has_come_is_understood() {
    byte[] much = Samples.noise("much", 10_000_000);
    Descriptor blob = new Descriptor("x/y", Digest.sha256(much), much.length);
    try (RawServer server =
        RawServer.start(
            (head, out) -> {
              boolean start = head.startsWith("POST");
              RawServer.write(
                  out,
                  start
                      ? "HTTP/1.1 202 A\r\nLocation: /up?x=1\r\nContent-Length: 0\r\n\r\n"
                      : "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");
              return start;
            })) {
      assertThatThrownBy(() -> repository(server).putBlob(blob, () -> Samples.stream(much)))
          .isInstanceOf(RegistryException.class);
    }
  }
}
