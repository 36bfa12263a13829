package dev.floe.oci.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Serves a fault over TLS, and asks whoever comes for a certificate without insisting on it. */
public final class TlsServer implements AutoCloseable {

  private final HttpsServer server;
  private final SSLContext context;
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final List<String> clients = new CopyOnWriteArrayList<>();

  private TlsServer(HttpsServer server, SSLContext context) {
    this.server = server;
    this.context = context;
  }

  /** Starts one for 127.0.0.1 that only its own context trusts. */
  public static TlsServer start(FaultyProxy.Fault behaviour) {
    return start(Certificates.of("test"), "127.0.0.1", behaviour);
  }

  /** Starts one with a certificate for a loopback address. */
  public static TlsServer start(Certificates by, String address, FaultyProxy.Fault behaviour) {
    return start(by, address, address, behaviour);
  }

  /** Starts one on a loopback address with a certificate for another name. */
  public static TlsServer start(
      Certificates by, String address, String name, FaultyProxy.Fault behaviour) {
    try {
      SSLContext context = by.context(by.server(name));
      HttpsServer https =
          HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), 0), 0);
      https.setHttpsConfigurator(new Asking(context));
      TlsServer server = new TlsServer(https, context);
      https.createContext(
          "/",
          exchange -> {
            try (exchange) {
              String sent = exchange.getRequestHeaders().getFirst("Authorization");
              server.authorizations.add(sent == null ? "" : sent);
              server.clients.add(client(exchange));
              behaviour.answers(exchange);
            }
          });
      https.start();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Asking extends HttpsConfigurator {

    Asking(SSLContext context) {
      super(context);
    }

    @Override
    public void configure(HttpsParameters parameters) {
      SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
      wanted.setWantClientAuth(true);
      parameters.setSSLParameters(wanted);
    }
  }

  private static String client(HttpExchange exchange) {
    try {
      return ((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName();
    } catch (SSLPeerUnverifiedException _) {
      return "";
    }
  }

  public String host() {
    InetSocketAddress address = server.getAddress();
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  /** Trusts this server. */
  public SSLContext context() {
    return context;
  }

  /** What came as Authorization with each request; empty where nothing did. */
  public List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  /** Whom each request's certificate named; empty where none was shown. */
  public List<String> clients() {
    return List.copyOf(clients);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
