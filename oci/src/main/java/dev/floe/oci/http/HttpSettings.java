package dev.floe.oci.http;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How patient and how trusting we are with registries.
 *
 * @param connectTimeout until a connection stands
 * @param idleTimeout without a byte in either direction
 * @param requestTimeout for a whole exchange without a blob
 * @param transferTimeout for a whole exchange with a blob
 * @param attempts what is done about a registry that may answer later
 * @param trustedRealms hosts whose token service may see a registry's credentials although they
 *     belong to another domain
 * @param tls with other roots than the runtime's, or a client certificate, if set
 */
public record HttpSettings(
    Duration connectTimeout,
    Duration idleTimeout,
    Duration requestTimeout,
    Duration transferTimeout,
    Attempts attempts,
    Set<String> trustedRealms,
    Optional<TlsSource> tls) {

  /**
   * How often, and with which pauses, a request is sent.
   *
   * @param backoff before the second attempt, doubled for each further one, with jitter
   * @param longestWait between two attempts; a registry that asks for more has failed
   */
  public record Attempts(int count, Duration backoff, Duration longestWait) {}

  public HttpSettings {
    trustedRealms = Set.copyOf(trustedRealms);
  }

  public static HttpSettings defaults() {
    return new HttpSettings(
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofMinutes(2),
        Duration.ofHours(1),
        new Attempts(4, Duration.ofMillis(250), Duration.ofSeconds(30)),
        Set.of(),
        Optional.empty());
  }

  public HttpSettings withIdleTimeout(Duration idle) {
    return new HttpSettings(
        connectTimeout, idle, requestTimeout, transferTimeout, attempts, trustedRealms, tls);
  }

  public HttpSettings withRequestTimeout(Duration request) {
    return new HttpSettings(
        connectTimeout, idleTimeout, request, transferTimeout, attempts, trustedRealms, tls);
  }

  public HttpSettings withTransferTimeout(Duration transfer) {
    return new HttpSettings(
        connectTimeout, idleTimeout, requestTimeout, transfer, attempts, trustedRealms, tls);
  }

  public HttpSettings withAttempts(Attempts other) {
    return new HttpSettings(
        connectTimeout, idleTimeout, requestTimeout, transferTimeout, other, trustedRealms, tls);
  }

  public HttpSettings withTrustedRealms(Set<String> hosts) {
    return new HttpSettings(
        connectTimeout, idleTimeout, requestTimeout, transferTimeout, attempts, hosts, tls);
  }

  public HttpSettings withTls(TlsSource source) {
    return new HttpSettings(
        connectTimeout,
        idleTimeout,
        requestTimeout,
        transferTimeout,
        attempts,
        trustedRealms,
        Optional.of(source));
  }
}
