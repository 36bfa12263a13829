package dev.floe.http.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** A client that sends what it likes. */
final class Wire implements AutoCloseable {

  private static final int PATIENCE_MS = 20_000;

  private final Socket socket;

  Wire(int port) throws IOException {
    socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
    socket.setSoTimeout(PATIENCE_MS);
  }

  Wire send(String text) throws IOException {
    socket
        .getOutputStream()
        .write(text.replace("PORT", "" + socket.getPort()).getBytes(ISO_8859_1));
    return this;
  }

  /** One answer: its head, and as much body as it says. */
  String answer() throws IOException {
    String head = head();
    var body = new StringBuilder();
    int length =
        head.lines()
            .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
            .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
            .findFirst()
            .orElse(0);
    byte[] bytes = socket.getInputStream().readNBytes(length);
    return head + body.append(new String(bytes, ISO_8859_1));
  }

  String head() throws IOException {
    var head = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    int last = 0;
    for (int next = in.read(); next >= 0; next = in.read()) {
      head.write(next);
      last = next == '\r' ? last : next == '\n' ? last + 1 : 0;
      if (last == 2) {
        break;
      }
    }
    return head.toString(ISO_8859_1);
  }

  /** Whether the server has ended the connection, once it has. */
  boolean isEnded() throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException _) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
