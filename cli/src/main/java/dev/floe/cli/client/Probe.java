package dev.floe.cli.client;

import dev.floe.cli.document.Doc;
import dev.floe.cli.document.Documents;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks whether something answers, without asking it for anything. */
public final class Probe {

  private static final int MILLIS = 3_000;

  private Probe() {}

  /**
   * What an HTTP server said.
   *
   * @param serverMillis its clock, 0 if it did not tell
   */
  public record Seen(int status, Doc body, long serverMillis) {}

  public static Seen http(URI address) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setConnectTimeout(MILLIS);
    connection.setReadTimeout(MILLIS);
    connection.setInstanceFollowRedirects(false);
    try {
      int status = connection.getResponseCode();
      try (@Nullable InputStream in =
          status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
        String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        Doc body = text.startsWith("{") ? Documents.parse(text) : Doc.EMPTY;
        return new Seen(status, body, connection.getDate());
      }
    } finally {
      connection.disconnect();
    }
  }

  /** A line for each thing that the server reports as wrong; none where it does not say. */
  public static List<String> troubles(String url) {
    try {
      return http(URI.create(url + "/health/readiness")).body().docs("troubles").stream()
          .map(
              trouble ->
                  "✗ %s, %s: %s → %s"
                      .formatted(
                          trouble.text("part"),
                          trouble.text("where"),
                          trouble.text("what"),
                          trouble.text("fix")))
          .toList();
    } catch (IOException | IllegalArgumentException silent) {
      return List.of();
    }
  }

  /** Connects to {@code host:port} and hangs up. */
  public static void tcp(String address) throws IOException {
    int colon = address.lastIndexOf(':');
    String port = address.substring(colon + 1);
    if (colon < 1 || !port.matches("[0-9]{1,5}")) {
      throw new IOException("'%s' is not host:port".formatted(address));
    }
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(address.substring(0, colon), Integer.parseInt(port)), MILLIS);
    }
  }
}
