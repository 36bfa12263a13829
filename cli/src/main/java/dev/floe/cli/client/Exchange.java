package dev.floe.cli.client;

import dev.floe.cli.document.Doc;
import dev.floe.cli.document.Documents;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends requests to one server; by HttpURLConnection, since it starts in no time. */
final class Exchange {

  private static final int CONNECT_MILLIS = 5_000;

  private final URI server;
  private final Identity identity;
  private final Proxies proxies;

  Exchange(URI server, Identity identity, Proxies proxies) {
    this.server = server;
    this.identity = identity;
    this.proxies = proxies;
  }

  URI server() {
    return server;
  }

  /** Sends it and reads the answer, unless the server says nothing for {@code silence}. */
  Answer send(Call call, Duration silence) throws IOException {
    HttpURLConnection connection = open(call, silence);
    try {
      if (call.payload() != null) {
        write(connection, call.payload(), silence);
      }
      return read(connection);
    } catch (HttpRetryException early) {
      // Thrown in place of an answer that came before a streamed body was through.
      return new Answer(early.responseCode(), Doc.EMPTY, Map.of());
    } finally {
      connection.disconnect();
    }
  }

  HttpURLConnection open(Call call, Duration silence) throws IOException {
    URI address = URI.create(server + call.path());
    HttpURLConnection connection =
        (HttpURLConnection) address.toURL().openConnection(proxies.forAddress(address));
    connection.setRequestMethod(call.method());
    connection.setConnectTimeout((int) Math.min(CONNECT_MILLIS, silence.toMillis()));
    connection.setReadTimeout((int) silence.toMillis());
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    identity.bearer().ifPresent(t -> connection.setRequestProperty("Authorization", "Bearer " + t));
    connection.setRequestProperty("Accept", "application/json, application/problem+json");
    call.headers()
        .forEach(
            (name, values) -> values.forEach(value -> connection.addRequestProperty(name, value)));
    return connection;
  }

  /** Whole or not at all: what breaks off is not ended as a body is, so nobody takes it for one. */
  private static void write(HttpURLConnection connection, Payload payload, Duration silence)
      throws IOException {
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", payload.contentType());
    if (payload.streamed()) {
      connection.setChunkedStreamingMode(64 * 1024);
      connection.setReadTimeout((int) silence.plus(payload.settling()).toMillis());
    }
    try (Heeded out = new Heeded(connection.getOutputStream(), silence, connection::disconnect)) {
      payload.writer().writeTo(out);
      out.complete();
    }
  }

  static Answer read(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 0; connection.getHeaderField(i) != null; i++) {
      String name = connection.getHeaderFieldKey(i);
      if (name != null) {
        headers.put(name, connection.getHeaderField(i));
      }
    }
    return new Answer(status, body(connection, status), headers);
  }

  private static Doc body(HttpURLConnection connection, int status) throws IOException {
    try (@Nullable InputStream in =
        status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
      String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (text.isBlank()) {
        return Doc.EMPTY;
      }
      try {
        return Documents.parse(text);
      } catch (IOException notOurs) {
        if (status < 400) {
          throw new IOException("the answer is not a JSON object; is this a floe server?", notOurs);
        }
        // A proxy's page: the status says enough.
        return Doc.EMPTY;
      }
    }
  }
}
