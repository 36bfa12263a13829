package dev.floe.oci.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Speaks what it likes on a loopback port: no library keeps it from breaking HTTP. */
public final class RawServer implements AutoCloseable {

  /** Answers one request, of which it gets the head; false to hang up. */
  @FunctionalInterface
  public interface Script {
    boolean answer(String head, OutputStream out) throws IOException;
  }

  private final Listener listener;
  private final Script script;

  private RawServer(Script script) {
    this.script = script;
    this.listener = Listener.start(this::serve);
  }

  public static RawServer start(Script script) {
    return new RawServer(script);
  }

  public static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  public String host() {
    return listener.host();
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      String head = head(in);
      while (!head.isEmpty() && script.answer(head, socket.getOutputStream())) {
        head = head(in);
      }
    } catch (IOException _) {
      // The client has had enough.
    }
  }

  /** Up to the empty line; empty where the client hangs up before it. */
  static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int read;
    while ((read = in.read()) >= 0) {
      head.write(read);
      if (head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        return head.toString(StandardCharsets.ISO_8859_1);
      }
    }
    return "";
  }

  @Override
  public void close() {
    listener.close();
  }
}
