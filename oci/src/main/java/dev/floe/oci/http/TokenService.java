package dev.floe.oci.http;

import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.credentials.Credentials;
import dev.floe.oci.json.Json;
import dev.floe.oci.json.JsonException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gets bearer tokens from the service a registry names, if that may see the credentials. */
final class TokenService {

  private static final int LONGEST_ANSWER = 1 << 20;

  /** What the specification assumes when the service does not say. */
  private static final long DEFAULT_LIFE_SECONDS = 60;

  /** A token, and until when it is used. */
  record Token(String value, long freshUntilNanos) {
    boolean isFresh() {
      return System.nanoTime() - freshUntilNanos < 0;
    }

    @Override
    public String toString() {
      return "Token[]";
    }
  }

  private final Transport transport;
  private final Retries retries;
  private final Realms realms;
  private final String host;

  TokenService(Transport transport, Retries retries, Realms realms, String host) {
    this.transport = transport;
    this.retries = retries;
    this.realms = realms;
    this.host = host;
  }

  Token exchange(Origin registry, Challenge challenge, Credentials credentials, Call call) {
    boolean withSecret = !(credentials instanceof Credentials.Anonymous);
    URI realm = realm(registry, challenge, call, withSecret);
    String action = "get a token to " + call.action();
    List<String> scopes = scopes(challenge, call);
    Optional<String> service = challenge.parameter("service");
    Call request =
        credentials instanceof Credentials.IdentityToken(String refresh)
            ? refreshing(realm, action, service, scopes, refresh)
            : asking(realm, action, service, scopes);
    Optional<String> authorization =
        credentials instanceof Credentials.Basic ? Authorizer.basic(credentials) : Optional.empty();
    try (Answer answer = retries.run(request, () -> transport.send(request, authorization))) {
      if (answer.status() != 200) {
        throw failure(action, realm, answer.status());
      }
      return read(action, answer.bytes(LONGEST_ANSWER));
    } catch (IOException e) {
      throw new RegistryException(
          RegistryTrouble.UNREACHABLE, action, realm.getHost(), Failures.reason(e), e);
    }
  }

  private URI realm(Origin registry, Challenge challenge, Call call, boolean withSecret) {
    String written = challenge.parameter("realm").orElse("");
    if (written.isBlank()) {
      throw Failures.invalid(call, host, "it wants a token and names no token service");
    }
    try {
      URI realm = new URI(written);
      if (realms.mayServe(registry, Origin.of(realm), withSecret)) {
        return realm;
      }
      String detail =
          "it wants us to sign in at %s, which is another host or port than its own; if that is right, name it in its trusted_hosts"
              .formatted(Origin.of(realm));
      throw new RegistryException(RegistryTrouble.UNSAFE, call.action(), host, detail);
    } catch (URISyntaxException e) {
      throw new RegistryException(
          RegistryTrouble.INVALID_RESPONSE,
          call.action(),
          host,
          "the token service it names is no URL",
          e);
    }
  }

  /** What we need, and what else the registry asks for, as for the source of a mount. */
  private static List<String> scopes(Challenge challenge, Call call) {
    List<String> scopes = new ArrayList<>(call.scope().parts());
    for (String asked : challenge.parameter("scope").orElse("").split(" ", -1)) {
      boolean sameRepository =
          scopes.stream().anyMatch(scope -> repository(scope).equals(repository(asked)));
      if (!asked.isBlank() && !sameRepository) {
        scopes.add(asked);
      }
    }
    return scopes;
  }

  private static String repository(String scope) {
    return scope.substring(0, Math.max(0, scope.lastIndexOf(':')));
  }

  private static Call asking(
      URI realm, String action, Optional<String> service, List<String> scopes) {
    StringBuilder query = new StringBuilder();
    service.ifPresent(name -> query.append("&service=").append(encode(name)));
    scopes.forEach(scope -> query.append("&scope=").append(encode(scope)));
    String rest = query.isEmpty() ? "" : query.substring(1);
    String joint = realm.getRawQuery() == null ? "?" : "&";
    URI uri = URI.create(realm + (rest.isEmpty() ? "" : joint + rest));
    return Call.of("GET", uri, action, new Scope(List.of()), 200);
  }

  private static Call refreshing(
      URI realm, String action, Optional<String> service, List<String> scopes, String refresh) {
    String form =
        "grant_type=refresh_token&client_id=floe&service=%s&scope=%s&refresh_token=%s"
            .formatted(
                encode(service.orElse("")), encode(String.join(" ", scopes)), encode(refresh));
    return Call.of("POST", realm, action, new Scope(List.of()), 200)
        .with(Map.of("Content-Type", "application/x-www-form-urlencoded"))
        .sending(new Call.Body.Bytes(form.getBytes(StandardCharsets.UTF_8)));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private RegistryException failure(String action, URI realm, int status) {
    boolean refused = status == 400 || status == 401 || status == 403;
    return new RegistryException(
        refused ? RegistryTrouble.UNAUTHORIZED : Failures.troubleOf(status),
        action,
        realm.getHost(),
        refused
            ? "the credentials for " + host + " were refused (" + status + ")"
            : "it answered " + status);
  }

  private Token read(String action, byte[] bytes) {
    try {
      Json json = Json.read(bytes);
      String value =
          json.text("token")
              .or(() -> json.text("access_token"))
              .filter(text -> text.matches("[\\x21-\\x7e]+"))
              .orElseThrow(() -> new JsonException("there is no token in it"));
      long life = Math.clamp(life(json), 1, 86_400);
      // A tenth early, so that it does not end under a request.
      long fresh = System.nanoTime() + Duration.ofSeconds(life).toNanos() / 10 * 9;
      return new Token(value, fresh);
    } catch (JsonException e) {
      throw new RegistryException(
          RegistryTrouble.INVALID_RESPONSE, action, host, "the answer is no token", e);
    }
  }

  /** A life that nobody can count says as little as none. */
  private static long life(Json answer) {
    try {
      return answer.whole("expires_in").orElse(DEFAULT_LIFE_SECONDS);
    } catch (JsonException _) {
      return DEFAULT_LIFE_SECONDS;
    }
  }
}
