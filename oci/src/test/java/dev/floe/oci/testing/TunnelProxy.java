package dev.floe.oci.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A forward proxy whose tunnels all end at the same server, whatever name was asked for. */
public final class TunnelProxy implements AutoCloseable {

  private final ServerSocket server;
  private final String target;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  private TunnelProxy(ServerSocket server, String target) {
    this.server = server;
    this.target = target;
  }

  public static TunnelProxy to(String target) throws IOException {
    ServerSocket socket = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    TunnelProxy proxy = new TunnelProxy(socket, target);
    Thread.ofVirtual().start(proxy::accept);
    return proxy;
  }

  public String host() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** The first line of each request. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> tunnel(client));
      }
    } catch (IOException _) {
      // Closed: that is the end.
    }
  }

  private void tunnel(Socket client) {
    int colon = target.lastIndexOf(':');
    InetAddress address = InetAddress.ofLiteral(target.substring(0, colon));
    try (client;
        Socket there = new Socket(address, Integer.parseInt(target.substring(colon + 1)))) {
      open.add(there);
      asked.add(head(client.getInputStream()).lines().findFirst().orElse(""));
      client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Thread.ofVirtual().start(() -> pass(there, client));
      pass(client, there);
    } catch (IOException _) {
      // One side has had enough.
    }
  }

  private static void pass(Socket from, Socket to) {
    try (OutputStream out = to.getOutputStream()) {
      from.getInputStream().transferTo(out);
    } catch (IOException _) {
      // The other direction ends too.
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    int read;
    while (head.indexOf("\r\n\r\n") < 0 && (read = in.read()) >= 0) {
      head.append((char) read);
    }
    return head.toString();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
