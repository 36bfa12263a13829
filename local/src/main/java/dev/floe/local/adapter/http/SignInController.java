package dev.floe.local.adapter.http;

import dev.floe.access.PageSessions;
import dev.floe.access.SignInCodes;
import dev.floe.http.FromPages;
import dev.floe.http.Nothing;
import dev.floe.http.OpenToEveryone;
import dev.floe.http.ProblemException;
import dev.floe.http.SignedInFilter;
import dev.floe.kernel.Actor;
import dev.floe.manifest.ProblemCode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signs a browser in and out: whoever is signed in at the terminal gets a link that works once. The
 * browser then has a session that opens reads, and no token that would open more.
 */
@Controller
final class SignInController {

  private static final int RANDOM_BYTES = 32;

  private final SignedInBrowsers browsers;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private SignInCodes codes = SignInCodes.NONE;

  SignInController(SignedInBrowsers browsers, InstantSource clock) {
    this.browsers = browsers;
    this.clock = clock;
  }

  /** What the page needs to know about its own session. */
  record SessionView(String user, String expires, String proof) {}

  /** A link that signs the asking person's browser in, once and within a minute. */
  @Post("/api/v1/sign-in-codes")
  HttpResponse<Map<String, Object>> issue(
      HttpRequest<?> request, @Body @Nullable Nothing body, Actor actor) {
    String code = draw();
    remember(code, actor);
    String url = "http://" + request.getHeaders().get("Host") + "/sign-in?code=" + code;
    return HttpResponse.created(Map.of("url", url));
  }

  @Get("/sign-in")
  HttpResponse<String> signIn(@QueryValue(defaultValue = "") String code) {
    Optional<Actor> actor = redeem(code);
    if (actor.isEmpty()) {
      return HttpResponse.<String>unauthorized()
          .contentType("text/plain")
          .header("Cache-Control", "no-store")
          .body(
              "This link was used before or is older than a minute. Ask for another: floe open\n");
    }
    String id = draw();
    browsers.signIn(id, actor.get());
    return HttpResponse.<String>seeOther(URI.create("/"))
        .cookie(cookie(id, PageSessions.LIFE))
        .header("Cache-Control", "no-store")
        .header("Referrer-Policy", "no-referrer");
  }

  /** Who is signed in with this browser, and what its page proves itself with. */
  @Get("/api/v1/session")
  HttpResponse<SessionView> session(HttpRequest<?> request, Actor actor) {
    return SignedInFilter.cookie(request)
        .flatMap(
            id ->
                browsers
                    .find(id)
                    .filter(session -> session.by().name().equals(actor.name()))
                    .map(
                        session ->
                            new SessionView(
                                actor.name(),
                                session.expires().toString(),
                                PageSessions.proof(id))))
        .map(view -> HttpResponse.ok(view).header("Cache-Control", "no-store"))
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemCode.NOT_FOUND, "No browser is signed in here.", "Run: floe open"));
  }

  /** Ends the session of the browser that asks. */
  @Post("/api/v1/sign-out")
  @FromPages
  @OpenToEveryone("a browser's session is its own")
  HttpResponse<?> signOut(HttpRequest<?> request, @Body @Nullable Nothing body, Actor actor) {
    SignedInFilter.cookie(request).ifPresent(browsers::signOut);
    return HttpResponse.noContent().cookie(cookie("", Duration.ZERO));
  }

  /** It goes to the API alone, neither to the registries nor to any page. */
  private static Cookie cookie(String id, Duration life) {
    return Cookie.of(SignedInFilter.COOKIE, id)
        .httpOnly(true)
        .sameSite(SameSite.Strict)
        .path("/api/v1")
        .maxAge(life);
  }

  private String draw() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private synchronized void remember(String code, Actor actor) {
    codes = codes.issue(code, actor, clock.instant());
  }

  private synchronized Optional<Actor> redeem(String code) {
    var redeemed = codes.redeem(code, clock.instant());
    codes = redeemed.rest();
    return redeemed.by();
  }
}
