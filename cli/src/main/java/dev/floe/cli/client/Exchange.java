package dev.floe.cli.client;

import dev.floe.cli.document.Doc;
import dev.floe.cli.document.Documents;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends one request and reads its answer; HttpURLConnection, since it starts in no time. */
final class Exchange {

  private static final int CONNECT_MILLIS = 5_000;
  private static final int READ_MILLIS = 40_000;
  // Storing a large upload takes the server a while after the last byte.
  private static final int UPLOAD_READ_MILLIS = 600_000;

  private Exchange() {}

  static Answer send(URI server, Call call, Identity identity) throws IOException {
    HttpURLConnection connection = open(server, call, identity, READ_MILLIS);
    try {
      if (call.payload() != null) {
        write(connection, call.payload());
      }
      return read(connection);
    } catch (HttpRetryException early) {
      // Thrown in place of an answer that came before a streamed body was through.
      return new Answer(early.responseCode(), Doc.EMPTY, Map.of());
    } finally {
      connection.disconnect();
    }
  }

  static HttpURLConnection open(URI server, Call call, Identity identity, int readMillis)
      throws IOException {
    URI address = URI.create(server + call.path());
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setRequestMethod(call.method());
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(readMillis);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    identity.bearer().ifPresent(t -> connection.setRequestProperty("Authorization", "Bearer " + t));
    connection.setRequestProperty("Accept", "application/json, application/problem+json");
    call.headers()
        .forEach(
            (name, values) -> values.forEach(value -> connection.addRequestProperty(name, value)));
    return connection;
  }

  private static void write(HttpURLConnection connection, Payload payload) throws IOException {
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", payload.contentType());
    if (payload.streamed()) {
      connection.setChunkedStreamingMode(64 * 1024);
      connection.setReadTimeout(UPLOAD_READ_MILLIS);
    }
    try (OutputStream out = connection.getOutputStream()) {
      payload.writer().writeTo(out);
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
          throw new IOException("the answer is no JSON object; is this a floe server?", notOurs);
        }
        // A proxy's page: the status says enough.
        return Doc.EMPTY;
      }
    }
  }
}
