package dev.floe.http.connection;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that this server answers to. A page elsewhere must not reach it through a name that it
 * makes point here (DNS rebinding).
 */
final class HostNames {

  /** What became of a request's {@code Host}. */
  enum Verdict {
    OURS,
    FOREIGN,
    MALFORMED
  }

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  private static final int HTTP = 80;

  /** A name, an IPv4 address or one of IPv6 in brackets; no user, no dot at the end. */
  private static final Pattern HOST =
      Pattern.compile(
          "(?<name>[a-z0-9](?:[a-z0-9_.-]*[a-z0-9])?|\\[[0-9a-f:.]+])(?::(?<port>[1-9][0-9]{0,4}))?");

  private final Set<String> configured;

  /**
   * The names of one server.
   *
   * @param configured names without port, beside the loopback's
   */
  HostNames(List<String> configured) {
    this.configured =
        Set.copyOf(
            configured.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .toList());
  }

  /**
   * Judges a {@code Host}.
   *
   * @param ownPort that the request came in on: a loopback name must say it, while a configured one
   *     is that of a proxy with a port of its own
   */
  Verdict judge(String host, int ownPort) {
    Matcher matcher = HOST.matcher(host.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Verdict.MALFORMED;
    }
    String port = matcher.group("port");
    int named = port == null ? HTTP : Integer.parseInt(port);
    if (configured.contains(matcher.group("name"))) {
      return Verdict.OURS;
    }
    return LOOPBACK.contains(matcher.group("name")) && named == ownPort
        ? Verdict.OURS
        : Verdict.FOREIGN;
  }
}
