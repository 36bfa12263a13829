package dev.floe.oci.http;

import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.credentials.CredentialSource;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Gets an answer out of one registry: signs in, follows redirects, tries again. Credentials are
 * sent to the registry's own origin and to nobody else.
 */
final class RegistryClient {

  private static final int MOST_REDIRECTS = 5;

  private final URI base;
  private final Origin origin;
  private final String host;
  private final Transport transport;
  private final Retries retries;
  private final Authorizer authorizer;
  private final Set<String> trustedHosts;

  RegistryClient(URI base, String host, CredentialSource credentials, HttpSettings settings) {
    this.base = base;
    this.origin = Origin.of(base);
    this.host = host;
    this.transport = new Transport(settings);
    this.trustedHosts = settings.trustedHosts();
    this.retries = new Retries(settings.attempts(), host);
    TokenService tokens =
        new TokenService(transport, retries, new Realms(settings.trustedHosts()), host);
    this.authorizer = new Authorizer(origin, host, credentials, tokens);
  }

  private RegistryClient(RegistryClient other, Retries retries) {
    this.base = other.base;
    this.origin = other.origin;
    this.host = other.host;
    this.transport = other.transport;
    this.retries = retries;
    this.authorizer = other.authorizer;
    this.trustedHosts = other.trustedHosts;
  }

  /** The same, which gives a registry that asks for patience all until then. */
  RegistryClient waitingUntil(Instant latest) {
    return new RegistryClient(this, retries.until(latest));
  }

  String host() {
    return host;
  }

  URI uri(String path) {
    return base.resolve(path);
  }

  Retries retries() {
    return retries;
  }

  /** The answer to the call, which is one that it accepts. */
  Answer send(Call call) {
    return accepted(call, retries.run(call, () -> attempt(call)));
  }

  /**
   * As {@link #send}, but without another attempt: its body cannot simply be sent again.
   *
   * @param first sees the answer before it is refused
   */
  Answer sendOnce(Call call, Consumer<Answer> first) {
    try {
      Answer answer = attempt(call);
      first.accept(answer);
      return accepted(call, answer);
    } catch (IOException e) {
      throw Failures.of(call, host, e);
    }
  }

  private Answer accepted(Call call, Answer answer) {
    if (call.accepts(answer.status())) {
      return answer;
    }
    try (answer) {
      throw Failures.of(call, host, answer, authorizer::withoutSecrets);
    }
  }

  private Answer attempt(Call call) throws IOException {
    boolean ours = Origin.of(call.uri()).equals(origin);
    Optional<String> sent = ours ? authorizer.known(call) : Optional.empty();
    Answer answer = transport.send(call, sent);
    if (answer.status() == 401 && ours) {
      Optional<Authorizer.Offer> better = authorizer.after(answer, call, sent);
      if (better.isPresent()) {
        answer.close();
        answer = transport.send(call, Optional.of(better.get().authorization()));
        authorizer.learn(better.get(), call, answer.status() != 401);
      }
    }
    return call.followsRedirects() ? follow(call, answer) : answer;
  }

  private Answer follow(Call call, Answer first) throws IOException {
    Answer answer = first;
    URI from = call.uri();
    for (int hop = 0; isRedirect(answer.status()); hop++) {
      if (hop == MOST_REDIRECTS) {
        answer.close();
        throw Failures.invalid(call, host, "it redirects in circles");
      }
      URI to = location(call, from, answer);
      answer.close();
      boolean ours = Origin.of(to).equals(origin);
      Optional<String> authorization = ours ? authorizer.known(call) : Optional.empty();
      answer = transport.send(call.to(to), authorization);
      from = to;
    }
    return answer;
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  /** Where the answer points, which must be an HTTP address, and one that it may send us to. */
  URI location(Call call, URI from, Answer answer) {
    Optional<String> written = answer.header("Location");
    try {
      if (written.isPresent()) {
        URI to = from.resolve(written.get());
        if (Origin.of(to).isHttp()) {
          checkSafe(call, Origin.of(from), Origin.of(to), answer);
          return to;
        }
      }
    } catch (IllegalArgumentException _) {
      // No URL: told below.
    }
    answer.close();
    throw Failures.invalid(call, host, "its answer does not say where to go on");
  }

  private void checkSafe(Call call, Origin from, Origin to, Answer answer) {
    String detail = null;
    if (from.isSecure() && !to.isSecure()) {
      detail = "it sends us from HTTPS to plain HTTP, to " + to;
    } else if (!Reach.mayLead(origin, to, trustedHosts)) {
      detail =
          "it sends us to %s, where only this machine or its network gets; if that is right, name it in its trusted_hosts"
              .formatted(to);
    }
    if (detail != null) {
      answer.close();
      throw new RegistryException(RegistryTrouble.UNSAFE, call.action(), host, detail);
    }
  }
}
