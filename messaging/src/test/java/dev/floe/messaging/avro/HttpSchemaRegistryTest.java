package dev.floe.messaging.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.floe.config.v1.ManifestApplied;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Confluent's REST API from the client's side: what is sent, and what each answer means. */
class HttpSchemaRegistryTest {

  private static final Schema SCHEMA = ManifestApplied.getClassSchema();

  private final List<String> requests = new ArrayList<>();
  private final Queue<Reply> replies = new ArrayDeque<>();
  private HttpServer server;
  private HttpSchemaRegistry registry;

  private record Reply(int status, String body) {}

  HttpSchemaRegistryTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry =
        new HttpSchemaRegistry(
            URI.create("http://127.0.0.1:%d".formatted(server.getAddress().getPort())),
            Optional.of("secret"),
            Duration.ofSeconds(2));
  }

  @BeforeEach
  void start() {
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(
        "%s %s %s %s"
            .formatted(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                body)
            .trim());
    Reply reply = replies.size() > 1 ? replies.remove() : replies.element();
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void a_schema_is_registered_under_its_subject_once() {
    replies.add(new Reply(200, "{\"id\":7}"));

    assertThat(registry.register("topic-a.B", SCHEMA)).isEqualTo(7);
    assertThat(registry.register("topic-a.B", SCHEMA)).isEqualTo(7);

    assertThat(requests).hasSize(1);
    assertThat(requests.getFirst())
        .startsWith("POST /subjects/topic-a.B/versions Bearer secret {\"schema\":\"{\\\"type\\\"")
        .contains("ManifestApplied");
  }

  @Test
  void a_schema_is_looked_up_under_its_subject() {
    replies.add(new Reply(200, "{\"subject\":\"s\",\"version\":1,\"id\":9}"));

    assertThat(registry.idOf("s", SCHEMA)).isEqualTo(9);

    assertThat(requests.getFirst()).startsWith("POST /subjects/s Bearer");
  }

  @Test
  void a_schema_is_fetched_by_its_id_once() {
    replies.add(new Reply(200, "{\"schema\":\"{\\\"type\\\":\\\"string\\\"}\"}"));

    assertThat(registry.byId(3)).isEqualTo(Schema.create(Schema.Type.STRING));
    assertThat(registry.byId(3)).isEqualTo(Schema.create(Schema.Type.STRING));

    assertThat(requests).containsExactly("GET /schemas/ids/3 Bearer secret");
  }

  @Test
  void a_no_is_a_no() {
    replies.add(new Reply(409, "{\"error_code\":409,\"message\":\"incompatible\"}"));

    assertThatThrownBy(() -> registry.register("s", SCHEMA))
        .isInstanceOf(SchemaRegistry.Rejected.class)
        .hasMessageContaining("409")
        .hasMessageContaining("incompatible");
    assertThat(requests).hasSize(1);
  }

  @Test
  void an_ill_registry_is_asked_again() {
    replies.add(new Reply(503, "busy"));
    replies.add(new Reply(200, "{\"id\":7}"));

    assertThat(registry.register("s", SCHEMA)).isEqualTo(7);
  }

  @Test
  void a_registry_that_stays_ill_is_unavailable_which_says_nothing_about_the_schema() {
    replies.add(new Reply(500, "broken"));

    assertThatThrownBy(() -> registry.byId(1))
        .isInstanceOf(SchemaRegistry.Unavailable.class)
        .hasMessageContaining("GET")
        .hasMessageContaining("3 times")
        .hasMessageContaining("broken");
  }

  @Test
  void no_registry_is_unavailable() {
    server.stop(0);

    assertThatThrownBy(() -> registry.byId(1)).isInstanceOf(SchemaRegistry.Unavailable.class);
  }
}
