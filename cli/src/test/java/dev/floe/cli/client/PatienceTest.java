package dev.floe.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.cli.console.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that accepts connections and never answers: the kernel accepts them for this socket. */
@Timeout(20)
class PatienceTest {

  private static final Duration SILENCE = Duration.ofMillis(300);

  /** More than the kernel keeps for a reader who is slow. */
  private static final int LARGE = 20 << 20;

  private ServerSocket socket;
  private Api api;

  @BeforeEach
  void listen() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    URI url = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    var exchange = new Exchange(url, new Identity.Given("t"), Proxies.of(Map.of()));
    api = new Api(exchange, Duration.ofSeconds(60), SILENCE);
  }

  @AfterEach
  void stop() throws IOException {
    socket.close();
  }

  @Test
  void a_question_that_is_not_answered_is_given_up() {
    assertThatThrownBy(() -> api.get(Query.of("whoami"))).satisfies(PatienceTest::isSilence);
    assertThatThrownBy(() -> api.post(Query.of("promotions"), Map.of()))
        .satisfies(PatienceTest::isSilence);
    assertThatThrownBy(() -> api.get(Query.of("whoami"), Duration.ofMillis(100)))
        .satisfies(PatienceTest::isSilence);
  }

  @Test
  void an_upload_that_is_not_taken_is_given_up() {
    Payload endless =
        Payload.stream(
            "application/x-tar",
            1,
            out -> {
              while (true) {
                out.write(new byte[64 * 1024]);
              }
            });

    assertThatThrownBy(() -> api.put(Query.of("x"), endless, Map.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("it takes no more bytes");
  }

  @Test
  void an_upload_that_gets_on_may_take_longer_than_one_that_does_not() throws Exception {
    Thread slowReader =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (var connection = socket.accept()) {
                    var in = connection.getInputStream();
                    byte[] some = new byte[LARGE / 10];
                    for (int i = 0; i < 10; i++) {
                      in.readNBytes(some, 0, some.length);
                      Thread.sleep(SILENCE.dividedBy(4));
                    }
                    connection
                        .getOutputStream()
                        .write(
                            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
                                .getBytes(StandardCharsets.US_ASCII));
                    in.readAllBytes();
                  } catch (IOException | InterruptedException _) {
                    // The client has had its answer.
                  }
                });
    Payload large = Payload.stream("application/x-tar", LARGE, out -> out.write(new byte[LARGE]));

    Answer answer = api.put(Query.of("x"), large, Map.of());

    assertThat(answer.status()).isEqualTo(200);
    slowReader.interrupt();
  }

  private static void isSilence(Throwable thrown) {
    assertThat(thrown)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("it accepts the connection and does not answer");
    assertThat(((Failure) thrown).exitCode()).isEqualTo(5);
  }
}
