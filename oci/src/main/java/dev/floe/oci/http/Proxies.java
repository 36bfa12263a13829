package dev.floe.oci.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.http.HttpHost;

/**
 * Which proxy stands before a host, as the environment says: {@code HTTPS_PROXY}, {@code
 * HTTP_PROXY} and {@code NO_PROXY}, in capitals or not, as curl, Go and Docker read them.
 */
final class Proxies {

  private final Map<String, String> environment;

  Proxies(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Whether the environment speaks of proxies at all. */
  boolean areSet() {
    return variable("https_proxy").isPresent() || variable("http_proxy").isPresent();
  }

  /**
   * The one before the host; empty where we go there ourselves.
   *
   * @throws IllegalArgumentException where what is set is no proxy that we can speak to
   */
  Optional<HttpHost> before(HttpHost target) {
    String variable = "https".equals(target.getSchemeName()) ? "https_proxy" : "http_proxy";
    return isLoopback(target.getHostName()) || isExcepted(target)
        ? Optional.empty()
        : variable(variable).map(written -> proxy(variable, written));
  }

  /** What runs on this machine is reached by nobody else. */
  static boolean isLoopback(String host) {
    String literal = host.replaceAll("[\\[\\]]", "");
    if (literal.equalsIgnoreCase("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(literal).isLoopbackAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private boolean isExcepted(HttpHost target) {
    String host = target.getHostName().toLowerCase(Locale.ROOT);
    String withPort = host + ":" + portOf(target);
    return Arrays.stream(variable("no_proxy").orElse("").toLowerCase(Locale.ROOT).split("[,\\s]+"))
        .filter(entry -> !entry.isEmpty())
        .anyMatch(entry -> covers(entry, host) || covers(entry, withPort));
  }

  private static int portOf(HttpHost target) {
    int standard = "https".equals(target.getSchemeName()) ? 443 : 80;
    return target.getPort() < 0 ? standard : target.getPort();
  }

  /** A name stands for what is below it too, unless it is a number. */
  private static boolean covers(String entry, String host) {
    if (entry.equals("*") || entry.equals(host)) {
      return true;
    }
    if (entry.indexOf('/') > 0) {
      return isInside(entry, host);
    }
    String suffix = entry.startsWith("*.") ? entry.substring(1) : entry;
    return host.endsWith(suffix.startsWith(".") ? suffix : "." + suffix);
  }

  /** Whether the address, if it is one, is in the network, such as {@code 10.0.0.0/8}. */
  private static boolean isInside(String network, String host) {
    int slash = network.indexOf('/');
    try {
      byte[] start = InetAddress.ofLiteral(network.substring(0, slash)).getAddress();
      byte[] address = InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).getAddress();
      int bits = Integer.parseInt(network.substring(slash + 1));
      if (start.length != address.length || bits < 0 || bits > 8 * start.length) {
        return false;
      }
      for (int i = 0; i < bits; i++) {
        int mask = 0x80 >> (i % 8);
        if ((start[i / 8] & mask) != (address[i / 8] & mask)) {
          return false;
        }
      }
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name.toUpperCase(Locale.ROOT)))
        .filter(text -> !text.isBlank())
        .or(() -> Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank()))
        .map(String::strip);
  }

  private static HttpHost proxy(String variable, String written) {
    try {
      URI uri = new URI(written.contains("://") ? written : "http://" + written);
      boolean spoken = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (spoken && uri.getHost() != null && uri.getUserInfo() == null) {
        int standard = uri.getScheme().equals("https") ? 443 : 80;
        int port = uri.getPort() < 0 ? standard : uri.getPort();
        return new HttpHost(uri.getScheme(), uri.getHost(), port);
      }
    } catch (URISyntaxException _) {
      // Told below, without what may be a password.
    }
    throw new IllegalArgumentException(
        variable.toUpperCase(Locale.ROOT)
            + " is no proxy that can be used: write http://host:port, without user and password");
  }
}
