package dev.floe.oci.http;

import dev.floe.manifest.Coded;
import dev.floe.manifest.ProblemCode;
import java.io.IOException;
import javax.net.ssl.SSLContext;

/**
 * What TLS connections are made with; asked for each new one, before anything is sent on it. The
 * connections of one source are kept together and apart from all others.
 */
@FunctionalInterface
public interface TlsSource {

  /**
   * The context for a connection to that very host and port, be it the registry or whom it leads
   * to.
   *
   * @throws UnusableTls if it is configured and cannot be used
   */
  SSLContext contextFor(String host, int port) throws UnusableTls;

  /** What is configured cannot be used: the message names the place and the fix, no secret. */
  final class UnusableTls extends IOException implements Coded {

    private static final long serialVersionUID = 1L;

    public UnusableTls(String message) {
      super(message);
    }

    @Override
    public ProblemCode code() {
      return ProblemCode.REGISTRY_REFUSED;
    }
  }
}
