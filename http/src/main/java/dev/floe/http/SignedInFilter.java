package dev.floe.http;

import dev.floe.kernel.Actor;
import dev.floe.manifest.ProblemCode;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Map;

/** Lets nobody into {@code /api} who is not authenticated. */
@ServerFilter("/api/**")
final class SignedInFilter {

  static final String ACTOR = "dev.floe.actor";
  private static final String BEARER = "Bearer ";

  private final Authenticator authenticator;

  SignedInFilter(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  @RequestFilter
  void authenticate(HttpRequest<?> request) {
    String header = request.getHeaders().get("Authorization");
    if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw notAuthenticated("No bearer token came with the request.");
    }
    try {
      Actor actor = authenticator.authenticate(header.substring(BEARER.length()).trim());
      request.setAttribute(ACTOR, actor);
    } catch (ProblemException refused) {
      throw notAuthenticated(refused.problem().detail());
    }
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
