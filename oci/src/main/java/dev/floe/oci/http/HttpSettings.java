package dev.floe.oci.http;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How patient and how trusting we are with registries.
 *
 * @param patience how long things may take
 * @param attempts what is done about a registry that may answer later
 * @param trustedHosts hosts, with their ports or not, that may see a registry's credentials as its
 *     token service, or be led to in a private network
 * @param proxies the environment's variables, of which some say what stands before other hosts
 * @param tls with other roots than the runtime's, or a client certificate, if set
 */
public record HttpSettings(
    Patience patience,
    Attempts attempts,
    Set<String> trustedHosts,
    Map<String, String> proxies,
    Optional<TlsSource> tls) {

  /**
   * How long things may take.
   *
   * @param connect until a connection stands
   * @param idle without a byte in either direction
   * @param request a whole exchange without a blob
   * @param transfer a whole exchange with a blob, and more for a large one
   * @param commit from a blob's last byte to the answer, and more for a large one
   */
  public record Patience(
      Duration connect, Duration idle, Duration request, Duration transfer, Duration commit) {

    private static final long BYTES_PER_SECOND = 1 << 20;
    private static final long COMMITTED_PER_SECOND = 10 << 20;

    /** For the transfer of so many bytes. */
    Duration transfer(long bytes) {
      return transfer.plusSeconds(bytes / BYTES_PER_SECOND);
    }

    /** For storing so many bytes that have arrived: object storage may copy them all. */
    Duration commit(long bytes) {
      return commit.plusSeconds(bytes / COMMITTED_PER_SECOND);
    }
  }

  /**
   * How often, and with which pauses, a request is sent.
   *
   * @param backoff before the second attempt, doubled for each further one, with jitter
   * @param longestWait between two attempts; a registry that asks for more has failed
   */
  public record Attempts(int count, Duration backoff, Duration longestWait) {
    /** The same, so often. */
    public Attempts of(int other) {
      return new Attempts(other, backoff, longestWait);
    }
  }

  public HttpSettings {
    trustedHosts = Set.copyOf(trustedHosts);
    proxies = Map.copyOf(proxies);
  }

  public static HttpSettings defaults() {
    return new HttpSettings(
        new Patience(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofMinutes(2),
            Duration.ofHours(1),
            Duration.ofMinutes(10)),
        new Attempts(4, Duration.ofMillis(250), Duration.ofSeconds(30)),
        Set.of(),
        System.getenv(),
        Optional.empty());
  }

  public HttpSettings withIdleTimeout(Duration idle) {
    return with(
        new Patience(patience.connect, idle, patience.request, patience.transfer, patience.commit));
  }

  public HttpSettings withRequestTimeout(Duration request) {
    return with(
        new Patience(patience.connect, patience.idle, request, patience.transfer, patience.commit));
  }

  public HttpSettings withTransferTimeout(Duration transfer) {
    return with(
        new Patience(patience.connect, patience.idle, patience.request, transfer, patience.commit));
  }

  public HttpSettings withCommitTimeout(Duration commit) {
    return with(
        new Patience(patience.connect, patience.idle, patience.request, patience.transfer, commit));
  }

  private HttpSettings with(Patience other) {
    return new HttpSettings(other, attempts, trustedHosts, proxies, tls);
  }

  public HttpSettings withAttempts(Attempts other) {
    return new HttpSettings(patience, other, trustedHosts, proxies, tls);
  }

  public HttpSettings withTrustedHosts(Set<String> hosts) {
    return new HttpSettings(patience, attempts, hosts, proxies, tls);
  }

  public HttpSettings withProxies(Map<String, String> environment) {
    return new HttpSettings(patience, attempts, trustedHosts, environment, tls);
  }

  public HttpSettings withTls(TlsSource source) {
    return new HttpSettings(patience, attempts, trustedHosts, proxies, Optional.of(source));
  }
}
