package dev.floe.embedded.oci;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A registry on a loopback port of its own, until it is closed. */
public final class OciRegistryServer implements AutoCloseable {

  /** How much of a body that nobody wants is read, so that the client gets to read the answer. */
  private static final int DRAINED = 8 * 1024 * 1024;

  static {
    // Without it Nagle's algorithm holds every small answer back for 40 ms. Read once, by the
    // first server of the JVM.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private final OciRegistry registry;
  private final HttpServer server;
  private final ExecutorService threads;

  private OciRegistryServer(OciRegistry registry, HttpServer server) {
    this.registry = registry;
    this.server = server;
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    server.createContext("/", this::exchange);
    server.start();
  }

  /** Lets everyone write, on any free port. */
  public static OciRegistryServer start(Path folder) throws IOException {
    return start(new OciRegistry(folder, WritePolicy.everyone()), 0);
  }

  /**
   * Serves {@code registry} at once.
   *
   * @param port 0 for any free one
   */
  public static OciRegistryServer start(OciRegistry registry, int port) throws IOException {
    return new OciRegistryServer(registry, HttpServer.create(loopback(port), 0));
  }

  /** As {@link #start(OciRegistry, int)}, by HTTPS. */
  public static OciRegistryServer start(OciRegistry registry, int port, SSLContext tls)
      throws IOException {
    HttpsServer server = HttpsServer.create(loopback(port), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return new OciRegistryServer(registry, server);
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Host and port, as an OCI reference begins: {@code 127.0.0.1:5000}. */
  public String host() {
    return "127.0.0.1:" + port();
  }

  public OciRegistry registry() {
    return registry;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void exchange(HttpExchange exchange) throws IOException {
    try (exchange) {
      InputStream body = exchange.getRequestBody();
      var uri = exchange.getRequestURI();
      var request =
          new Request(
              exchange.getRequestMethod(),
              uri.getRawPath(),
              uri.getRawQuery(),
              exchange.getRequestHeaders(),
              body,
              exchange.getRemoteAddress().toString());
      Response response = registry.handle(request);
      drain(body);
      send(exchange, response);
    }
  }

  private static void drain(InputStream body) throws IOException {
    var ignored = new byte[8192];
    int drained = 0;
    int read = 0;
    while (read >= 0 && drained < DRAINED) {
      read = body.read(ignored);
      drained += read;
    }
  }

  private static void send(HttpExchange exchange, Response response) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    response
        .headers()
        .forEach(
            (name, value) -> {
              // The server counts by itself, except where it sends no body.
              if (head || !name.equals("Content-Length")) {
                exchange.getResponseHeaders().set(name, value);
              }
            });
    long length = response.body().length();
    exchange.sendResponseHeaders(response.status(), length == 0 ? -1 : length);
    if (length > 0) {
      response.body().writeTo(exchange.getResponseBody());
    }
  }
}
