package dev.floe.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A real HTTP server on the loopback address that plays recorded answers, and keeps what came. */
final class FakeFloe implements AutoCloseable {

  private static final String JSON = "application/json";

  private final HttpServer server;
  private final Map<String, Deque<Reply>> replies = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * What came in.
   *
   * @param body a character for each byte
   */
  record Request(String method, String path, Map<String, List<String>> headers, String body) {

    String text() {
      return new String(bytes(), StandardCharsets.UTF_8);
    }

    byte[] bytes() {
      return body.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Nullable String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(header -> header.getValue().getFirst())
          .findFirst()
          .orElse(null);
    }
  }

  private record Reply(
      int status, String type, String body, Map<String, String> headers, boolean staysOpen) {}

  private FakeFloe(HttpServer server) {
    this.server = server;
  }

  static FakeFloe start() {
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      FakeFloe fake = new FakeFloe(HttpServer.create(address, 0));
      fake.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      fake.server.createContext("/", fake::handle);
      fake.server.start();
      return fake;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers {@code call}, such as {@code GET /api/v1/status}, once; the last answer stays. */
  FakeFloe on(String call, int status, String body) {
    return on(call, status, body, Map.of());
  }

  FakeFloe on(String call, int status, String body, Map<String, String> headers) {
    return reply(call, new Reply(status, JSON, body, headers, false));
  }

  /** Answers with a stream that ends after these documents of a promotion. */
  FakeFloe course(String id, String... promotions) {
    StringBuilder text = new StringBuilder(": hello\n\n");
    int position = 0;
    for (String promotion : promotions) {
      position++;
      text.append("event: something_happened\nid: p").append(position).append("\ndata: {}\n\n");
      text.append("event: promotion\ndata: ").append(promotion.replace("\n", "")).append("\n\n");
    }
    return stream("GET /api/v1/promotions/" + id + "/events", text.toString());
  }

  FakeFloe stream(String call, String text) {
    return reply(call, new Reply(200, "text/event-stream", text, Map.of(), false));
  }

  /** Answers with a stream that says no more and does not end either. */
  FakeFloe silentAfter(String call, String text) {
    return reply(call, new Reply(200, "text/event-stream", text, Map.of(), true));
  }

  private FakeFloe reply(String call, Reply reply) {
    replies.computeIfAbsent(call, _ -> new ArrayDeque<>()).add(reply);
    return this;
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  /** The requests of one method whose path begins so. */
  List<Request> requests(String method, String path) {
    return requests.stream()
        .filter(r -> r.method().equals(method) && r.path().startsWith(path))
        .toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().toString();
      requests.add(
          new Request(
              exchange.getRequestMethod(),
              path,
              Map.copyOf(exchange.getRequestHeaders()),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1)));
      Reply reply = next(exchange.getRequestMethod() + " " + path);
      exchange.getResponseHeaders().set("Content-Type", reply.type());
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), reply.staysOpen() ? 0 : lengthOf(body));
      exchange.getResponseBody().write(body);
      exchange.getResponseBody().flush();
      if (reply.staysOpen()) {
        closed.await();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static long lengthOf(byte[] body) {
    return body.length == 0 ? -1 : body.length;
  }

  private Reply next(String call) {
    Deque<Reply> waiting = replies.get(call);
    if (waiting == null) {
      String problem =
          "{\"code\":\"not-found\",\"detail\":\"nothing recorded for %s\"}".formatted(call);
      return new Reply(404, JSON, problem, Map.of(), false);
    }
    synchronized (waiting) {
      return waiting.size() > 1 ? waiting.remove() : waiting.element();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }
}
