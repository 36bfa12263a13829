package dev.floe.oci.http;

import static dev.floe.oci.testing.Faults.on;
import static dev.floe.oci.testing.Faults.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.manifest.Digest;
import dev.floe.oci.BlobSource;
import dev.floe.oci.Descriptor;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import dev.floe.oci.credentials.CredentialSource;
import dev.floe.oci.credentials.Credentials;
import dev.floe.oci.testing.Certificates;
import dev.floe.oci.testing.FaultyProxy;
import dev.floe.oci.testing.FaultyProxy.Fault;
import dev.floe.oci.testing.Place;
import dev.floe.oci.testing.Refusals;
import dev.floe.oci.testing.Samples;
import dev.floe.oci.testing.TlsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Registries behind TLS that would have us leave it, or are not who they say. */
@Timeout(30)
class HostileTlsTest {

  private static final Descriptor BLOB = new Descriptor("x/y", Digest.sha256("hello"), 5);

  private FaultyProxy plain;

  @BeforeEach
  void open() {
    plain = FaultyProxy.alone();
  }

  @AfterEach
  void close() {
    assertThat(plain.seen()).isEmpty();
    plain.close();
  }

  private static Repository trusting(TlsServer server) {
    return repository(server, Place.SETTINGS.withTls((_, _) -> server.context()));
  }

  private static Repository repository(TlsServer server, HttpSettings settings) {
    CredentialSource ben = CredentialSource.of(new Credentials.Basic("ben", Refusals.PASSWORD));
    return new HttpRegistry(server.host(), false, ben, settings).repository("dev/app");
  }

  private TlsServer server(Fault behaviour) {
    return TlsServer.start(behaviour);
  }

  @Test
  void a_redirect_to_plain_http_is_not_followed() {
    try (TlsServer server = server(status(307, "Location", "http://" + plain.host() + "/x"))) {
      assertThat(Refusals.troubleOf(() -> trusting(server).manifest("v1")))
          .isEqualTo(RegistryTrouble.UNSAFE);
    }
  }

  @Test
  void an_upload_is_not_sent_over_plain_http() {
    try (TlsServer server =
        server(on("POST", status(202, "Location", "http://" + plain.host() + "/x")))) {
      RegistryException failure =
          Refusals.of(
              () -> {
                trusting(server).putBlob(BLOB, BlobSource.of(Samples.text("hello")));
                return "sent";
              });
      assertThat(failure.trouble()).isEqualTo(RegistryTrouble.UNSAFE);
    }
  }

  @Test
  void a_list_does_not_go_on_over_plain_http() {
    String link = "<http://" + plain.host() + "/v2/dev/app/tags/list?last=a>; rel=\"next\"";
    try (TlsServer server =
        server(
            exchange ->
                FaultyProxy.answer(
                    exchange, 200, Map.of("Link", link), Samples.text("{\"tags\":[]}")))) {
      assertThat(Refusals.troubleOf(() -> trusting(server).tags()))
          .isEqualTo(RegistryTrouble.INVALID_RESPONSE);
    }
  }

  @Test
  void a_token_service_without_tls_gets_nothing() {
    String realm = "Bearer realm=\"http://" + plain.host() + "/token\"";
    try (TlsServer server = server(status(401, "WWW-Authenticate", realm))) {
      assertThat(Refusals.troubleOf(() -> trusting(server).manifest("v1")))
          .isEqualTo(RegistryTrouble.UNSAFE);
      assertThat(server.authorizations()).containsExactly("");
    }
  }

  @Test
  void a_certificate_that_nobody_vouches_for_ends_it_before_anything_is_sent() {
    try (TlsServer server = server(status(200))) {
      assertThat(Refusals.of(() -> repository(server, Place.SETTINGS).manifest("v1")))
          .returns(RegistryTrouble.UNSAFE, RegistryException::trouble)
          .hasMessageContaining("certificate");
      assertThat(server.authorizations()).isEmpty();
    }
  }

  @Test
  void a_certificate_for_another_name_ends_it_before_anything_is_sent() {
    try (TlsServer server = server(status(200))) {
      String other = server.host().replace("127.0.0.1", "localhost");
      HttpSettings trusting = Place.SETTINGS.withTls((_, _) -> server.context());
      Repository repository =
          new HttpRegistry(other, false, CredentialSource.anonymous(), trusting)
              .repository("dev/app");

      assertThat(Refusals.troubleOf(() -> repository.manifest("v1")))
          .isEqualTo(RegistryTrouble.UNSAFE);
      assertThat(server.authorizations()).isEmpty();
    }
  }

  @Test
  void a_plain_server_where_tls_was_expected_is_no_registry() {
    try (FaultyProxy without = FaultyProxy.alone()) {
      HttpSettings impatient = Place.SETTINGS.withIdleTimeout(Duration.ofMillis(300));
      Repository repository =
          new HttpRegistry(without.host(), false, CredentialSource.anonymous(), impatient)
              .repository("dev/app");

      assertThat(Refusals.troubleOf(() -> repository.manifest("v1")))
          .isEqualTo(RegistryTrouble.UNREACHABLE);
    }
  }

  /** With TLS the whole upload would otherwise go before anybody looked at the answer. */
  @Test
  void an_upload_that_is_refused_while_it_goes_is_broken_off() {
    byte[] much = new byte[64 << 20];
    Descriptor large = new Descriptor("x/y", Digest.sha256(much), much.length);
    AtomicLong arrived = new AtomicLong();
    Fault refusing =
        exchange -> {
          exchange.sendResponseHeaders(413, 2);
          exchange.getResponseBody().write(Samples.text("{}"));
          exchange.getResponseBody().flush();
          byte[] part = new byte[64 << 10];
          int read;
          while ((read = exchange.getRequestBody().read(part)) >= 0) {
            arrived.addAndGet(read);
          }
          return true;
        };
    Fault uploads =
        exchange ->
            switch (exchange.getRequestMethod()) {
              case "POST" -> status(202, "Location", "/up").answers(exchange);
              case "PUT" -> refusing.answers(exchange);
              default -> status(404).answers(exchange);
            };
    try (TlsServer server = server(uploads)) {
      assertThat(
              Refusals.of(
                  () -> {
                    trusting(server).putBlob(large, BlobSource.of(much));
                    return "sent";
                  }))
          .returns(RegistryTrouble.REFUSED, RegistryException::trouble)
          .hasMessageContaining("413");
      assertThat(arrived).hasPositiveValue().hasValueLessThan(much.length / 2);
    }
  }

  @Test
  void a_connection_cut_right_after_the_handshake_is_made_again_and_serves() throws IOException {
    Certificates ca = Certificates.of("ca");
    SSLContext context = ca.context(ca.server("127.0.0.1"));
    String answer = "HTTP/1.1 200 OK\r\nContent-Type: x/y\r\nContent-Length: 2\r\n\r\n{}";
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
      Thread.ofVirtual().start(() -> serveTheSecond(server, context, answer));
      HttpSettings once =
          Place.SETTINGS
              .withTls((_, _) -> context)
              .withAttempts(new HttpSettings.Attempts(1, Duration.ZERO, Duration.ZERO));
      Repository repository =
          new HttpRegistry(
                  "127.0.0.1:" + server.getLocalPort(), false, CredentialSource.anonymous(), once)
              .repository("dev/app");

      assertThat(repository.manifest("v1").bytes()).isEqualTo(Samples.text("{}"));
    }
  }

  private static void serveTheSecond(ServerSocket server, SSLContext context, String answer) {
    try {
      for (int count = 1; count <= 2; count++) {
        Socket plain = server.accept();
        SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(plain, null, true);
        secure.startHandshake();
        if (count == 1) {
          plain.setSoLinger(true, 0);
          plain.close();
        } else {
          secure.getInputStream().read(new byte[8_000]);
          secure.getOutputStream().write(Samples.text(answer));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
