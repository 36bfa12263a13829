package dev.floe.audit.adapter.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks the server as any program would. */
final class Client implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;

  Client(URI base) {
    this.base = base;
  }

  /** What came back. */
  record Answer(int status, Map<String, List<String>> headers, String body) {
    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException broken) {
        throw new AssertionError("no JSON: " + body, broken);
      }
    }

    String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(header -> header.getValue().getFirst())
          .findFirst()
          .orElse("");
    }
  }

  Answer get(String path, String user, String... headers) throws Exception {
    return ask("GET", path, user, headers);
  }

  Answer ask(String method, String path, @Nullable String user, String... headers)
      throws Exception {
    HttpResponse<String> response =
        http.send(request(method, path, user, headers), HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.headers().map(), response.body());
  }

  private HttpRequest request(
      String method, String path, @Nullable String user, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (user != null) {
      builder.header("Authorization", "Bearer " + user);
    }
    if (headers.length > 0) {
      builder.headers(headers);
    }
    return builder.build();
  }

  /** One server-sent event. */
  record SentEvent(String name, String id, String data) {
    JsonNode json() {
      try {
        return JSON.readTree(data);
      } catch (IOException broken) {
        throw new AssertionError("no JSON: " + data, broken);
      }
    }
  }

  /** Listens to a stream of server-sent events until it is closed. */
  Stream stream(String path, String user, String... headers) throws Exception {
    HttpResponse<InputStream> response =
        http.send(request("GET", path, user, headers), HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      throw new AssertionError("answered " + response.statusCode());
    }
    return new Stream(response.body());
  }

  /** A stream that is listened to. */
  static final class Stream implements AutoCloseable {
    private final InputStream in;
    private final BlockingQueue<SentEvent> events = new LinkedBlockingQueue<>();
    private final Thread thread;

    private Stream(InputStream in) {
      this.in = in;
      this.thread = Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
      String name = "message";
      String id = "";
      List<String> data = new ArrayList<>();
      try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.isEmpty() && !data.isEmpty()) {
            events.add(new SentEvent(name, id, String.join("\n", data)));
            name = "message";
            data.clear();
          } else if (line.startsWith("event:")) {
            name = line.substring(6).trim();
          } else if (line.startsWith("id:")) {
            id = line.substring(3).trim();
          } else if (line.startsWith("data:")) {
            data.add(line.substring(5).trim());
          }
        }
      } catch (IOException _) {
        // Closed, by this side or the other.
      }
    }

    /** The next event; fails where none comes. */
    SentEvent next() throws InterruptedException {
      SentEvent event = events.poll(30, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("no event came");
      }
      return event;
    }

    /** Everything until the server ends the stream. */
    List<SentEvent> rest() throws InterruptedException {
      if (!thread.join(Duration.ofSeconds(30))) {
        throw new AssertionError("the stream does not end");
      }
      return List.copyOf(events);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
