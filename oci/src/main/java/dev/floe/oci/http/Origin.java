package dev.floe.oci.http;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** What may see a secret: scheme, host and port together. */
record Origin(String scheme, String host, int port) {

  static Origin of(URI uri) {
    String scheme = lower(uri.getScheme());
    int port = uri.getPort();
    int standard = scheme.equals("https") ? 443 : 80;
    return new Origin(scheme, lower(uri.getHost()), port < 0 ? standard : port);
  }

  private static String lower(String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }

  boolean isSecure() {
    return scheme.equals("https");
  }

  boolean isHttp() {
    return (isSecure() || scheme.equals("http")) && !host.isEmpty() && port > 0 && port < 65_536;
  }

  /** Whether it is named there, with its port or, where that is the usual one, without. */
  boolean isAmong(Set<String> hosts) {
    int standard = isSecure() ? 443 : 80;
    return hosts.contains(host + ":" + port) || (port == standard && hosts.contains(host));
  }

  @Override
  public String toString() {
    return scheme + "://" + host + ":" + port;
  }
}
