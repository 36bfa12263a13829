package dev.floe.cli.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;

/** Server-sent events, one after the other (WHATWG HTML, section 9.2). */
public final class EventStream implements AutoCloseable {

  /** The server says something every 15 s; one that misses that is gone. */
  static final Duration SILENCE = Duration.ofSeconds(25);

  private final HttpURLConnection connection;
  private final BufferedReader reader;

  EventStream(HttpURLConnection connection) throws IOException {
    this.connection = connection;
    this.reader =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
  }

  /** One event. */
  public record Event(String id, String name, String data) {}

  /** The next event, when it comes; empty at the end of the stream. */
  public Optional<Event> next() throws IOException {
    String id = "";
    String name = "message";
    StringJoiner data = new StringJoiner("\n");
    boolean any = false;
    String line;
    while ((line = reader.readLine()) != null) {
      if (line.isEmpty()) {
        if (any) {
          return Optional.of(new Event(id, name, data.toString()));
        }
        name = "message";
        continue;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      switch (field) {
        case "id" -> id = value;
        case "event" -> name = value;
        case "data" -> {
          data.add(value);
          any = true;
        }
        default -> {} // Comments keep the connection alive; other fields mean nothing here.
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    connection.disconnect();
  }
}
