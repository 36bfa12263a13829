package dev.floe.http;

import dev.floe.manifest.ProblemCode;
import io.micronaut.context.annotation.Value;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses requests that name another host: a page elsewhere must not reach this server through a
 * name that it makes point here (DNS rebinding).
 */
@ServerFilter("/**")
final class HostFilter implements Ordered {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  private final List<String> configured;

  HostFilter(@Value("${floe.hosts:}") List<String> configured) {
    this.configured = configured;
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @RequestFilter
  void check(HttpRequest<?> request) {
    String host = request.getHeaders().get("Host");
    String name = host == null ? "" : withoutPort(host.toLowerCase(Locale.ROOT));
    if (!LOOPBACK.contains(name) && !configured.contains(name)) {
      throw new ProblemException(
          ProblemCode.NOT_AUTHORISED,
          "This server does not answer for host '%s'.".formatted(name),
          "Use the URL that `floe up` printed, or add the host to floe.hosts.");
    }
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }
}
