package dev.floe.oci.http;

import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.credentials.CredentialSource;
import dev.floe.oci.credentials.Credentials;
import dev.floe.oci.credentials.CredentialsException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Signs in to one registry with one set of credentials. What a challenge once asked for is answered
 * unasked from then on; tokens are kept by scope and never shared with other credentials.
 */
final class Authorizer {

  private final Origin registry;
  private final String host;
  private final CredentialSource source;
  private final TokenService tokens;
  private final ConcurrentMap<Scope, TokenService.Token> held = new ConcurrentHashMap<>();
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private volatile @Nullable Challenge known;
  private volatile List<String> shown = List.of();

  Authorizer(Origin registry, String host, CredentialSource source, TokenService tokens) {
    this.registry = registry;
    this.host = host;
    this.source = source;
    this.tokens = tokens;
  }

  /** What to send at once, as far as the registry has ever asked for anything. */
  Optional<String> known(Call call) {
    Challenge challenge = known;
    if (challenge == null) {
      return Optional.empty();
    }
    TokenService.Token token = held.get(call.scope());
    if (token != null && token.isFresh()) {
      return Optional.of("Bearer " + token.value());
    }
    try {
      return answer(challenge, call, Optional.empty());
    } catch (RegistryException _) {
      // The registry is asked anew what it wants: that may have changed.
      known = null;
      return Optional.empty();
    }
  }

  /** An answer to a challenge. */
  record Offer(Challenge challenge, String authorization) {
    @Override
    public String toString() {
      return "Offer[]";
    }
  }

  /** What it asked for counts from now on if the answer to it did. */
  void learn(Offer offer, Call call, boolean worked) {
    if (worked) {
      known = offer.challenge();
    } else {
      known = null;
      held.remove(call.scope());
    }
  }

  /**
   * What to send after a 401.
   *
   * @param refused what was sent, if anything
   * @return empty if there is nothing else to send
   */
  Optional<Offer> after(Answer answer, Call call, Optional<String> refused) {
    List<Challenge> challenges = Challenge.read(answer.headers("WWW-Authenticate"));
    Challenge challenge = choose(challenges);
    if (challenge == null) {
      return Optional.empty();
    }
    return answer(challenge, call, refused)
        .map(authorization -> new Offer(challenge, authorization));
  }

  private @Nullable Challenge choose(List<Challenge> challenges) {
    for (String scheme : List.of("bearer", "basic")) {
      for (Challenge challenge : challenges) {
        if (challenge.scheme().equals(scheme)) {
          return challenge;
        }
      }
    }
    return challenges.isEmpty() ? known : null;
  }

  /** A stranger's text; what it repeats of our secrets is taken out, for it may go into a log. */
  String withoutSecrets(String text) {
    String clean = text;
    for (String secret : shown) {
      clean = clean.replace(secret, "***");
    }
    for (TokenService.Token token : held.values()) {
      clean = clean.replace(token.value(), "***");
    }
    return clean;
  }

  private Optional<String> answer(Challenge challenge, Call call, Optional<String> refused) {
    Credentials credentials = credentials(call);
    Optional<String> answer =
        challenge.scheme().equals("basic")
            ? shownBasic(credentials)
            : Optional.of("Bearer " + bearer(challenge, credentials, call, refused));
    return answer.filter(each -> !refused.equals(Optional.of(each)));
  }

  private Credentials credentials(Call call) {
    try {
      return source.credentialsFor(host);
    } catch (CredentialsException e) {
      throw new RegistryException(
          RegistryTrouble.UNAUTHORIZED, call.action(), host, String.valueOf(e.getMessage()), e);
    }
  }

  private Optional<String> shownBasic(Credentials credentials) {
    Optional<String> basic = basic(credentials);
    basic.ifPresent(value -> shown = secretsOf(credentials, value));
    return basic;
  }

  /** Too short a password would be found in every word. */
  private static List<String> secretsOf(Credentials credentials, String basic) {
    String password =
        switch (credentials) {
          case Credentials.Basic(_, String text) -> text;
          case Credentials.Token(String text) -> text;
          case Credentials.Anonymous _, Credentials.IdentityToken _ -> "";
        };
    String encoded = basic.substring("Basic ".length());
    return password.length() < 4 ? List.of(encoded) : List.of(encoded, password);
  }

  static Optional<String> basic(Credentials credentials) {
    return switch (credentials) {
      case Credentials.Basic(String user, String password) ->
          Optional.of("Basic " + encode(user + ":" + password));
      case Credentials.Token(String token) -> Optional.of("Basic " + encode("token:" + token));
      case Credentials.Anonymous _, Credentials.IdentityToken _ -> Optional.empty();
    };
  }

  private static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private String bearer(
      Challenge challenge, Credentials credentials, Call call, Optional<String> refused) {
    if (credentials instanceof Credentials.Token(String token)) {
      shown = List.of(token);
      return token;
    }
    oneAtATime.lock();
    try {
      TokenService.Token token = held.get(call.scope());
      if (token == null
          || !token.isFresh()
          || refused.equals(Optional.of("Bearer " + token.value()))) {
        token = tokens.exchange(registry, challenge, credentials, call);
        held.put(call.scope(), token);
      }
      return token.value();
    } finally {
      oneAtATime.unlock();
    }
  }
}
