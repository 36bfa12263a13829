package dev.floe.oci.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/** What came back for one request; its body must be read to the end or closed. */
final class Answer implements AutoCloseable {

  private final URI from;
  private final ClassicHttpResponse response;
  private final Runnable hangUp;
  private final InputStream body;

  /**
   * @param hangUp closes the connection, whatever it is doing
   */
  Answer(URI from, ClassicHttpResponse response, Runnable hangUp, Watch watch) throws IOException {
    this.from = from;
    this.response = response;
    this.hangUp = hangUp;
    HttpEntity entity = response.getEntity();
    InputStream content = entity == null ? InputStream.nullInputStream() : entity.getContent();
    this.body = new Timed(content, watch);
  }

  /** Where it was finally found. */
  URI from() {
    return from;
  }

  int status() {
    return response.getCode();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(response.getFirstHeader(name)).map(Answer::valueOf);
  }

  List<String> headers(String name) {
    return Arrays.stream(response.getHeaders(name)).map(Answer::valueOf).toList();
  }

  private static String valueOf(Header header) {
    String value = header.getValue();
    return value == null ? "" : value;
  }

  /** Of the content; unknown where it comes in another coding. */
  OptionalLong length() {
    Optional<String> written = header("Content-Length");
    return !isCoded() && written.isPresent() && written.get().matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(written.get()))
        : OptionalLong.empty();
  }

  InputStream body() {
    return body;
  }

  private boolean isCoded() {
    return header("Content-Encoding")
        .filter(coding -> !coding.isBlank() && !coding.strip().equalsIgnoreCase("identity"))
        .isPresent();
  }

  /**
   * The body, or as much of it as shows that it is longer than the limit. Whoever sends it
   * compressed, though we asked for it as it is, is understood.
   */
  byte[] bytes(int limit) throws IOException {
    PushbackInputStream sent = new PushbackInputStream(body, 2);
    byte[] magic = sent.readNBytes(2);
    sent.unread(magic);
    boolean zipped = isCoded() && magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
    return (zipped ? new GZIPInputStream(sent) : sent).readNBytes(limit + 1);
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
    hangUp.run();
  }

  /** Throws the connection away: what is still to come is of no use. */
  void abandon() {
    hangUp.run();
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
