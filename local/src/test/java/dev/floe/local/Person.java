package dev.floe.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Somebody who speaks to the system over HTTP, with a token or without. */
final class Person {

  /** Takes a request to the system; another one may be stubborn about it. */
  @FunctionalInterface
  interface Line {
    HttpResponse<byte[]> send(HttpRequest request);
  }

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private static final int ATTEMPTS = 10;

  private final String url;
  private final Supplier<@Nullable String> authorization;
  private final Line line;

  /**
   * Somebody.
   *
   * @param authorization the header of that name; null for none
   */
  Person(String url, Supplier<@Nullable String> authorization, Line line) {
    this.url = url;
    this.authorization = authorization;
    this.line = line;
  }

  /** One attempt, whose failure is the caller's. */
  static HttpResponse<byte[]> once(HttpRequest request) throws IOException {
    try {
      return CLIENT.send(request, BodyHandlers.ofByteArray());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    }
  }

  /** Asks again, under the same key, while a busy machine does not know the outcome yet. */
  static HttpResponse<byte[]> plainly(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = once(request);
      for (int i = 0; i < ATTEMPTS && isUnknown(response); i++) {
        response = once(request);
      }
      return response;
    } catch (IOException failed) {
      throw new UncheckedIOException(request.method() + " " + request.uri(), failed);
    }
  }

  private static boolean isUnknown(HttpResponse<byte[]> response) {
    return response.statusCode() == 503
        && new String(response.body(), UTF_8).contains("outcome-unknown");
  }

  Reply get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  /** A POST with an idempotency key of its own, as every client should send it. */
  Reply post(String path, String json, String... headers) {
    HttpRequest.Builder request = request("POST", path, json.getBytes(UTF_8), headers);
    request.header("Content-Type", "application/json");
    request.header("Idempotency-Key", UUID.randomUUID().toString());
    return Reply.of(line.send(request.build()));
  }

  Reply put(String path, byte[] body, String type) {
    String key = UUID.randomUUID().toString();
    return send("PUT", path, body, "Content-Type", type, "Idempotency-Key", key);
  }

  Reply send(String method, String path, byte @Nullable [] body, String... headers) {
    return Reply.of(raw(method, path, body, headers));
  }

  /** The answer as it came, for those that are no JSON. */
  HttpResponse<byte[]> raw(String method, String path, byte @Nullable [] body, String... headers) {
    return line.send(request(method, path, body, headers).build());
  }

  private HttpRequest.Builder request(
      String method, String path, byte @Nullable [] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
    request.method(
        method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    String credentials = authorization.get();
    if (credentials != null) {
      request.header("Authorization", credentials);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }
}
