package dev.floe.oci.http;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.ResponseOutOfOrderStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** The kept connections of this process, shared by all registries with the same settings. */
final class Connections {

  private static final int LONGEST_LINE = 16 * 1024;
  private static final int MOST_HEADERS = 200;

  /** More than all copies of a process hold at once: who reads must never keep out who writes. */
  private static final int MOST_PER_HOST = 256;

  /** Servers hang up after a minute or less; most of ours are used again at once or never. */
  static final Duration KEPT = Duration.ofSeconds(10);

  private static final Duration CHECKED_AFTER = Duration.ofMillis(300);
  private static final long LOOK_EVERY = 256 * 1024;

  private static final String LISTENING = "floe.listening";
  private static final Duration LISTENED_FOR = Duration.ofSeconds(1);

  private record Key(
      Optional<TlsSource> tls, Duration connect, Duration idle, Map<String, String> proxies) {}

  private static final ConcurrentMap<Key, HttpClient> CLIENTS = new ConcurrentHashMap<>();

  private Connections() {}

  static HttpClient of(HttpSettings settings) {
    Key key =
        new Key(
            settings.tls(),
            settings.patience().connect(),
            settings.patience().idle(),
            settings.proxies());
    return CLIENTS.computeIfAbsent(key, Connections::client);
  }

  /** Nothing is done unasked: no redirect, sign-in, cookie, decoding or second attempt. */
  private static HttpClient client(Key key) {
    PoolingHttpClientConnectionManager pool = pool(key);
    Watch.every(KEPT.dividedBy(2), () -> pool.closeIdle(TimeValue.of(KEPT)));
    return HttpClients.custom()
        .setConnectionManager(pool)
        .setRoutePlanner(routes(new Proxies(key.proxies())))
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableAuthCaching()
        .disableCookieManagement()
        .disableContentCompression()
        .disableConnectionState()
        .disableDefaultUserAgent()
        .build();
  }

  /** As the environment says; as the Java runtime is told where that says nothing. */
  private static HttpRoutePlanner routes(Proxies proxies) {
    if (!proxies.areSet()) {
      return new SystemDefaultRoutePlanner(null);
    }
    return new DefaultRoutePlanner(null) {
      @Override
      protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context)
          throws HttpException {
        try {
          return proxies.before(target).orElse(null);
        } catch (IllegalArgumentException e) {
          throw new HttpException(e.getMessage());
        }
      }
    };
  }

  private static PoolingHttpClientConnectionManager pool(Key key) {
    Http1Config limits =
        Http1Config.custom()
            .setMaxLineLength(LONGEST_LINE)
            .setMaxHeaderCount(MOST_HEADERS)
            .setMaxEmptyLineCount(10)
            .build();
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder()
                .http1Config(limits)
                .responseParserFactory(new FewInterimAnswers(limits))
                .responseOutOfOrderStrategy(lookingForEarlyAnswers())
                .build())
        .setTlsSocketStrategy(checkingNames(key.tls().orElse((_, _) -> ofRuntime())))
        .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(Timeout.of(key.idle())).build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(key.connect()))
                .setSocketTimeout(Timeout.of(key.idle()))
                .setValidateAfterInactivity(TimeValue.of(CHECKED_AFTER))
                .build())
        .setMaxConnPerRoute(MOST_PER_HOST)
        .setMaxConnTotal(8 * MOST_PER_HOST)
        .build();
  }

  /** The Java runtime itself holds the certificate against the name, whatever the source gives. */
  private static TlsSocketStrategy checkingNames(TlsSource source) {
    return (socket, host, port, attachment, context) -> {
      SSLSocket secure =
          new DefaultClientTlsStrategy(
                  source.contextFor(host, port),
                  HostnameVerificationPolicy.BUILTIN,
                  NoopHostnameVerifier.INSTANCE)
              .upgrade(socket, host, port, attachment, context);
      if (context.getAttribute(LISTENING) != null) {
        listen(secure);
      }
      return secure;
    };
  }

  /** Who listens first hears why the server hangs up, if it does so right after the handshake. */
  static void listenFirst(HttpContext context) {
    context.setAttribute(LISTENING, true);
  }

  /**
   * What a server has to say right after the handshake, other than for the next one, is why not.
   */
  private static void listen(SSLSocket connection) throws IOException {
    int usual = connection.getSoTimeout();
    connection.setSoTimeout((int) LISTENED_FOR.toMillis());
    try {
      if (connection.getInputStream().read() >= 0) {
        throw new ProtocolException("it answers before it is asked");
      }
    } catch (SocketTimeoutException _) {
      // It waits for us, as it should.
    }
    connection.setSoTimeout(usual);
  }

  /**
   * Ends an upload that is answered before it has gone, so that the answer is seen. With TLS,
   * looking takes a millisecond and is done more seldom.
   */
  private static ResponseOutOfOrderStrategy lookingForEarlyAnswers() {
    return (_, connection, in, sent, next) -> {
      boolean secure = connection.getSSLSession() != null;
      long every = secure ? 16 * LOOK_EVERY : LOOK_EVERY;
      if (sent / every == (sent + next) / every) {
        return false;
      }
      return secure ? connection.isDataAvailable(Timeout.ofMilliseconds(1)) : in.available() > 0;
    };
  }

  private static SSLContext ofRuntime() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no TLS", e);
    }
  }
}
