package dev.floe.oci.testing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a registry, or in place of one, counts what is asked, and misbehaves as told.
 * Faults are tried in order; the first that answers an exchange keeps it from the registry.
 */
public final class FaultyProxy implements AutoCloseable {

  /** Answers some exchanges wrongly, and leaves the rest alone. */
  @FunctionalInterface
  public interface Fault {
    /** Whether it has answered. */
    boolean answers(HttpExchange exchange) throws IOException;
  }

  /** A request that came. */
  public record Seen(String method, String path, @Nullable String authorization) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Optional<String> behind;
  private final List<Fault> faults = new CopyOnWriteArrayList<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final List<String> cookies = new CopyOnWriteArrayList<>();

  private FaultyProxy(Optional<String> behind) {
    this.behind = behind;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Passes on to the registry at this host what no fault answers. */
  public static FaultyProxy before(String host) {
    return new FaultyProxy(Optional.of(host));
  }

  /** Answers 404 to what no fault answers. */
  public static FaultyProxy alone() {
    return new FaultyProxy(Optional.empty());
  }

  public FaultyProxy with(Fault fault) {
    faults.add(fault);
    return this;
  }

  public void behave() {
    faults.clear();
  }

  public String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** The same server under another name, hence for clients another host. */
  public String otherName() {
    return "localhost:" + server.getAddress().getPort();
  }

  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** The cookies that came with any request. */
  public List<String> cookies() {
    return List.copyOf(cookies);
  }

  public long count(String method, String partOfPath) {
    return seen.stream()
        .filter(each -> each.method().equals(method) && each.path().contains(partOfPath))
        .count();
  }

  public void forget() {
    seen.clear();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      String uri = exchange.getRequestURI().toString();
      seen.add(new Seen(exchange.getRequestMethod(), uri, authorization));
      cookies.addAll(exchange.getRequestHeaders().getOrDefault("Cookie", List.of()));
      for (Fault fault : faults) {
        if (fault.answers(exchange)) {
          return;
        }
      }
      if (behind.isPresent()) {
        pass(exchange, behind.get());
      } else {
        answer(exchange, 404, Map.of(), new byte[0]);
      }
    }
  }

  private static void pass(HttpExchange exchange, String host) throws IOException {
    Passed passed = forward(exchange, host, exchange.getRequestBody().readAllBytes());
    answer(exchange, passed.status(), passed.headers(), passed.body());
  }

  /** What the registry answered. */
  public static final class Passed {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private Passed(int status, Map<String, String> headers, byte[] body) {
      this.status = status;
      this.headers = headers;
      this.body = body;
    }

    public int status() {
      return status;
    }

    public Map<String, String> headers() {
      return headers;
    }

    public byte[] body() {
      return body;
    }
  }

  /** Lets the registry answer, for a fault that spoils the answer. */
  public Passed forward(HttpExchange exchange) throws IOException {
    return forward(exchange, exchange.getRequestBody().readAllBytes());
  }

  /** As {@link #forward(HttpExchange)}, with other bytes than came, or once more with the same. */
  public Passed forward(HttpExchange exchange, byte[] sent) throws IOException {
    return forward(exchange, behind.orElseThrow(), sent);
  }

  private static Passed forward(HttpExchange exchange, String host, byte[] sent)
      throws IOException {
    URI uri = URI.create("http://" + host + exchange.getRequestURI());
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setInstanceFollowRedirects(false);
    connection.setRequestMethod(exchange.getRequestMethod());
    copyHeaders(exchange.getRequestHeaders(), connection);
    if (sent.length > 0 || exchange.getRequestMethod().matches("PUT|POST")) {
      connection.setDoOutput(true);
      connection.getOutputStream().write(sent);
    }
    int status = connection.getResponseCode();
    var body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
    byte[] bytes = body == null ? new byte[0] : body.readAllBytes();
    Map<String, String> headers = new HashMap<>();
    connection
        .getHeaderFields()
        .forEach(
            (name, values) -> {
              if (name != null && !name.equalsIgnoreCase("Transfer-Encoding")) {
                headers.put(name, values.getFirst().replace(host, hostOf(exchange)));
              }
            });
    return new Passed(status, headers, bytes);
  }

  private static String hostOf(HttpExchange exchange) {
    return "127.0.0.1:" + exchange.getLocalAddress().getPort();
  }

  private static void copyHeaders(Headers from, HttpURLConnection to) {
    for (String name : List.of("Accept", "Content-Type", "Authorization", "Range")) {
      List<String> values = from.getOrDefault(name, new ArrayList<>());
      values.forEach(value -> to.addRequestProperty(name, value));
    }
  }

  /** Answers in full and rightly. */
  public static boolean answer(
      HttpExchange exchange, int status, Map<String, String> headers, byte[] body)
      throws IOException {
    exchange.getRequestBody().readAllBytes();
    boolean head = exchange.getRequestMethod().equals("HEAD");
    headers.forEach(
        (name, value) -> {
          if (head || !name.equalsIgnoreCase("Content-Length")) {
            exchange.getResponseHeaders().set(name, value);
          }
        });
    exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
    return true;
  }

  /** Promises all of the body and hangs up after some of it. */
  public static boolean cut(
      HttpExchange exchange, int status, Map<String, String> headers, byte[] body, int after)
      throws IOException {
    exchange.getRequestBody().readAllBytes();
    headers.forEach(
        (name, value) -> {
          if (!name.equalsIgnoreCase("Content-Length")) {
            exchange.getResponseHeaders().set(name, value);
          }
        });
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body, 0, after);
    exchange.getResponseBody().flush();
    return true;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
