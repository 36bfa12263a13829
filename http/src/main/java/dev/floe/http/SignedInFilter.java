package dev.floe.http;

import dev.floe.kernel.Actor;
import dev.floe.manifest.ProblemCode;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.web.router.RouteAttributes;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets nobody into {@code /api} who is not authenticated. */
@ServerFilter("/api/**")
public final class SignedInFilter {

  /** The cookie of a signed-in browser: an id of a session, and no token. */
  public static final String COOKIE = "floe_session";

  /** The header in which the page proves that it, and no other page, has sent the request. */
  public static final String PROOF = "Floe-Page";

  static final String ACTOR = "dev.floe.actor";
  private static final String BEARER = "Bearer ";

  private final Authenticator authenticator;
  private final @Nullable Browsers browsers;

  SignedInFilter(Authenticator authenticator, @Nullable Browsers browsers) {
    this.authenticator = authenticator;
    this.browsers = browsers;
  }

  @RequestFilter
  void authenticate(HttpRequest<?> request) {
    String header = request.getHeaders().get("Authorization");
    Actor actor = header == null ? byCookie(request) : byToken(header);
    request.setAttribute(ACTOR, actor);
    Client.isKnown(request, actor.name());
  }

  private Actor byToken(String header) {
    if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw notAuthenticated("The Authorization header holds no bearer token.");
    }
    try {
      return authenticator.authenticate(header.substring(BEARER.length()).trim());
    } catch (ProblemException refused) {
      throw notAuthenticated(refused.problem().detail());
    }
  }

  private Actor byCookie(HttpRequest<?> request) {
    String cookie = cookie(request).orElse(null);
    if (cookie == null || browsers == null) {
      throw notAuthenticated("The request carries no bearer token.");
    }
    Actor actor =
        browsers
            .whose(cookie)
            .orElseThrow(() -> notAuthenticated("This browser is not signed in any more."));
    if (!reads(request) && !isFromPage(request, cookie, browsers)) {
      throw notAuthenticated("A signed-in browser opens nothing but reads here.");
    }
    return actor;
  }

  /** The session id that the request shows; for whoever ends it. */
  public static Optional<String> cookie(HttpRequest<?> request) {
    return request.getCookies().findCookie(COOKIE).map(Cookie::getValue);
  }

  private static boolean reads(HttpRequest<?> request) {
    return request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
  }

  private static boolean isFromPage(HttpRequest<?> request, String cookie, Browsers browsers) {
    String proof = request.getHeaders().get(PROOF);
    return proof != null
        && browsers.isFromPage(cookie, proof)
        && RouteAttributes.getRouteMatch(request)
            .filter(route -> route.isAnnotationPresent(FromPages.class))
            .isPresent();
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
