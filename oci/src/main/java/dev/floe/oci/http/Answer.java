package dev.floe.oci.http;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What came back for one request; its body must be read to the end or closed. */
final class Answer implements AutoCloseable {

  private final URI from;
  private final int status;
  private final Map<String, List<String>> headers;
  private final HttpURLConnection connection;
  private final InputStream body;

  Answer(URI from, int status, HttpURLConnection connection, InputStream body, Watch watch) {
    this.from = from;
    this.status = status;
    this.headers = connection.getHeaderFields();
    this.connection = connection;
    this.body = new Timed(body, watch);
  }

  /** Where it was finally found. */
  URI from() {
    return from;
  }

  int status() {
    return status;
  }

  Optional<String> header(String name) {
    List<String> lines = headers(name);
    return lines.isEmpty() ? Optional.empty() : Optional.of(lines.getFirst());
  }

  List<String> headers(String name) {
    List<String> lines = new ArrayList<>();
    headers.forEach(
        (key, values) -> {
          if (name.equalsIgnoreCase(key)) {
            // The connection lists the last line first.
            lines.addAll(values.reversed());
          }
        });
    return lines;
  }

  OptionalLong length() {
    Optional<String> written = header("Content-Length");
    return written.isPresent() && written.get().matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(written.get()))
        : OptionalLong.empty();
  }

  InputStream body() {
    return body;
  }

  /** The body, or as much of it as shows that it is longer than the limit. */
  byte[] bytes(int limit) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    int count;
    while (bytes.size() <= limit && (count = body.read(buffer)) >= 0) {
      bytes.write(buffer, 0, count);
    }
    return bytes.toByteArray();
  }

  /** Lets a short rest of the body pass, so that the connection can be used again. */
  @Override
  public void close() {
    try {
      byte[] rest = new byte[8192];
      for (int round = 0; round < 8; round++) {
        if (body.read(rest) < 0) {
          return;
        }
      }
    } catch (IOException _) {
      // Broken already.
    }
    connection.disconnect();
  }

  /** Throws the connection away: what is still to come is of no use. */
  void abandon() {
    connection.disconnect();
  }

  /** Checks the time limit before every read. */
  private static final class Timed extends FilterInputStream {

    private final Watch watch;

    Timed(InputStream in, Watch watch) {
      super(in);
      this.watch = watch;
    }

    @Override
    public int read() throws IOException {
      watch.checkTotal();
      return in.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      watch.checkTotal();
      return in.read(buffer, offset, length);
    }
  }
}
