package dev.floe.local.adapter.http;

import dev.floe.http.Problem;
import dev.floe.http.ProblemException;
import dev.floe.manifest.ProblemCode;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Map;
import java.util.Set;

/** Refuses whatever would write while the disk is nearly full; reading goes on. */
@ServerFilter("/**")
final class RoomFilter implements Ordered {

  private static final Set<HttpMethod> READING =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final Room room;

  RoomFilter(Room room) {
    this.room = room;
  }

  /** After the host is checked, before anybody is asked who they are. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE + 1;
  }

  @RequestFilter
  void check(HttpRequest<?> request) {
    String shortage = room.shortage();
    if (!shortage.isEmpty() && !READING.contains(request.getMethod())) {
      throw new ProblemException(
          Problem.of(
              ProblemCode.STORAGE_FULL,
              shortage,
              "Make room on that disk; then repeat the request."),
          Map.of("Retry-After", "10"));
    }
  }
}
