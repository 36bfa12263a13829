package dev.floe.http;

import dev.floe.kernel.Actor;
import dev.floe.manifest.ProblemCode;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.cookie.Cookie;
import java.util.Map;

/** Lets nobody into {@code /api} who is not authenticated. */
@ServerFilter("/api/**")
public final class SignedInFilter {

  /** The cookie of a signed-in browser; it opens reads alone, so no other page can act with it. */
  public static final String COOKIE = "floe_session";

  static final String ACTOR = "dev.floe.actor";
  private static final String BEARER = "Bearer ";

  private final Authenticator authenticator;

  SignedInFilter(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  @RequestFilter
  void authenticate(HttpRequest<?> request) {
    String token = token(request);
    if (token == null) {
      throw notAuthenticated("No bearer token came with the request.");
    }
    try {
      Actor actor = authenticator.authenticate(token);
      request.setAttribute(ACTOR, actor);
    } catch (ProblemException refused) {
      throw notAuthenticated(refused.problem().detail());
    }
  }

  private static @Nullable String token(HttpRequest<?> request) {
    String header = request.getHeaders().get("Authorization");
    if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return header.substring(BEARER.length()).trim();
    }
    boolean reads = request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
    return reads
        ? request.getCookies().findCookie(COOKIE).map(Cookie::getValue).orElse(null)
        : null;
  }

  /** The person that the filter found, if the request went through it. */
  static @Nullable Actor actor(HttpRequest<?> request) {
    return request.getAttribute(ACTOR, Actor.class).orElse(null);
  }

  private static ProblemException notAuthenticated(String detail) {
    return new ProblemException(
        Problem.of(
            ProblemCode.NOT_AUTHENTICATED,
            detail,
            "Sign in with `floe auth login`, or send Authorization: Bearer with a valid token."),
        Map.of("WWW-Authenticate", "Bearer realm=\"floe\""));
  }
}
