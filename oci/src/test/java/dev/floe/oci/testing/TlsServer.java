package dev.floe.oci.testing;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Serves a fault over TLS, under a certificate for 127.0.0.1 that only its own context trusts. */
public final class TlsServer implements AutoCloseable {

  private static final char[] SECRET = "changeit".toCharArray();

  private final HttpsServer server;
  private final SSLContext context;
  private final List<String> authorizations = new CopyOnWriteArrayList<>();

  private TlsServer(HttpsServer server, SSLContext context) {
    this.server = server;
    this.context = context;
  }

  /** Starts one whose keys lie in the folder. */
  public static TlsServer start(Path folder, FaultyProxy.Fault behaviour) {
    try {
      Path keys = folder.resolve("keys.p12");
      if (!Files.exists(keys)) {
        makeKeys(keys);
      }
      SSLContext context = contextOf(keys);
      HttpsServer https =
          HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
      https.setHttpsConfigurator(new HttpsConfigurator(context));
      TlsServer server = new TlsServer(https, context);
      https.createContext(
          "/",
          exchange -> {
            try (exchange) {
              String sent = exchange.getRequestHeaders().getFirst("Authorization");
              server.authorizations.add(sent == null ? "" : sent);
              behaviour.answers(exchange);
            }
          });
      https.start();
      return server;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void makeKeys(Path keys) throws IOException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                List.of(
                    keytool,
                    "-genkeypair",
                    "-alias",
                    "a",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=test",
                    "-ext",
                    "san=ip:127.0.0.1",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    keys.toString(),
                    "-storepass",
                    new String(SECRET)))
            .inheritIO()
            .start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException("keytool made no keys");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static SSLContext contextOf(Path keys) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, SECRET);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(store, SECRET);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  public String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Trusts this server. */
  public SSLContext context() {
    return context;
  }

  /** What came as Authorization with each request; empty where nothing did. */
  public List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
