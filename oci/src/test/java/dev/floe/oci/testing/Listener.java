package dev.floe.oci.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Takes connections on a loopback port, and hangs up on all of them when it is closed. */
final class Listener implements AutoCloseable {

  private final ServerSocket server;
  private final Consumer<Socket> talk;
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  private Listener(ServerSocket server, Consumer<Socket> talk) {
    this.server = server;
    this.talk = talk;
  }

  /** Begins; each connection is talked to on a thread of its own. */
  static Listener start(Consumer<Socket> talk) {
    try {
      ServerSocket socket = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
      Listener listener = new Listener(socket, talk);
      Thread.ofVirtual().start(listener::accept);
      return listener;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String host() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        closeInTheEnd(socket);
        Thread.ofVirtual().start(() -> talk.accept(socket));
      }
    } catch (IOException _) {
      // Closed: that is the end.
    }
  }

  void closeInTheEnd(Socket socket) {
    open.add(socket);
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
