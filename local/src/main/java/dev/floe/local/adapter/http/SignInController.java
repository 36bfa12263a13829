package dev.floe.local.adapter.http;

import dev.floe.access.SignInCodes;
import dev.floe.http.Nothing;
import dev.floe.http.SignedInFilter;
import dev.floe.kernel.Actor;
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

/** Signs a browser in: whoever is signed in at the terminal gets a link that works once. */
@Controller
final class SignInController {

  /** How long a browser stays signed in. */
  private static final Duration SESSION = Duration.ofHours(8);

  private static final int CODE_BYTES = 24;

  private final BrowserTokens tokens;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private SignInCodes codes = SignInCodes.NONE;

  SignInController(BrowserTokens tokens, InstantSource clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /** A link that signs the asking person's browser in, once and within a minute. */
  @Post("/api/v1/sign-in-codes")
  HttpResponse<Map<String, Object>> issue(
      HttpRequest<?> request, @Body @Nullable Nothing body, Actor actor) {
    byte[] bytes = new byte[CODE_BYTES];
    random.nextBytes(bytes);
    String code = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
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
          .body(
              "This link was used before or is older than a minute. Ask for another: floe open\n");
    }
    Cookie cookie =
        Cookie.of(SignedInFilter.COOKIE, tokens.mint(actor.get(), SESSION))
            .httpOnly(true)
            .sameSite(SameSite.Strict)
            .path("/")
            .maxAge(SESSION);
    return HttpResponse.<String>seeOther(URI.create("/")).cookie(cookie);
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
