package dev.floe.cli.client;

import dev.floe.cli.console.Failure;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which proxy a request takes, as curl and other programs read it from the environment: {@code
 * HTTPS_PROXY}, {@code http_proxy}, {@code NO_PROXY}. This machine is never asked for by way of
 * another.
 */
public final class Proxies {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
  private static final int USUAL_PORT = 80;

  private final Map<String, String> environment;

  private Proxies(Map<String, String> environment) {
    this.environment = environment;
  }

  public static Proxies of(Map<String, String> environment) {
    return new Proxies(environment);
  }

  /** The proxy for {@code address}, or none. */
  Proxy forAddress(URI address) {
    String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
    if (LOOPBACK.contains(host) || host.startsWith("127.") || isExcepted(host, address.getPort())) {
      return Proxy.NO_PROXY;
    }
    // HTTP_PROXY in capitals is what a CGI script's caller can set, so nobody reads it.
    return ("https".equals(address.getScheme())
            ? variable("https_proxy", "HTTPS_PROXY")
            : variable("http_proxy"))
        .map(Proxies::parse)
        .orElse(Proxy.NO_PROXY);
  }

  private boolean isExcepted(String host, int port) {
    String excepted = variable("no_proxy", "NO_PROXY").orElse("");
    return Stream.of(excepted.split("[,\\s]+"))
        .map(each -> each.toLowerCase(Locale.ROOT))
        .filter(each -> !each.isEmpty())
        .anyMatch(
            each -> {
              String name = each.replaceFirst(":[0-9]+$", "").replaceFirst("^\\*?\\.", "");
              boolean samePort = !each.matches(".*:[0-9]+") || each.endsWith(":" + port);
              return each.equals("*")
                  || (samePort && (host.equals(name) || host.endsWith("." + name)));
            });
  }

  private Optional<String> variable(String... names) {
    return Stream.of(names)
        .map(name -> environment.getOrDefault(name, ""))
        .filter(value -> !value.isBlank())
        .findFirst();
  }

  private static Proxy parse(String text) {
    try {
      URI url = new URI(text.contains("://") ? text : "http://" + text);
      if (url.getHost() != null && "http".equals(url.getScheme()) && url.getUserInfo() == null) {
        int port = url.getPort() < 0 ? USUAL_PORT : url.getPort();
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(url.getHost(), port));
      }
    } catch (URISyntaxException _) {
      // Falls through to the one message that fits; the value may hold a password.
    }
    throw Failure.usage(
        "the proxy in HTTPS_PROXY or http_proxy cannot be used",
        "Write it as http://HOST:PORT without a password, or list the server in NO_PROXY.");
  }
}
