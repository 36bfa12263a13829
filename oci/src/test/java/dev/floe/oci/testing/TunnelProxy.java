package dev.floe.oci.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A forward proxy whose tunnels all end at the same server, whatever name was asked for. */
public final class TunnelProxy implements AutoCloseable {

  private final Listener listener;
  private final String target;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  private TunnelProxy(String target) {
    this.target = target;
    this.listener = Listener.start(this::tunnel);
  }

  public static TunnelProxy to(String target) {
    return new TunnelProxy(target);
  }

  public String host() {
    return listener.host();
  }

  /** The first line of each request. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  private void tunnel(Socket client) {
    int colon = target.lastIndexOf(':');
    InetAddress address = InetAddress.ofLiteral(target.substring(0, colon));
    try (client;
        Socket there = new Socket(address, Integer.parseInt(target.substring(colon + 1)))) {
      listener.closeInTheEnd(there);
      asked.add(RawServer.head(client.getInputStream()).lines().findFirst().orElse(""));
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

  @Override
  public void close() {
    listener.close();
  }
}
