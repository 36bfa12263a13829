package dev.floe.oci.testing;

import dev.floe.embedded.oci.OciRegistry;
import dev.floe.embedded.oci.OciRegistryServer;
import dev.floe.embedded.oci.RegistryOptions;
import dev.floe.embedded.oci.WritePolicy;
import dev.floe.oci.Registry;
import dev.floe.oci.credentials.CredentialSource;
import dev.floe.oci.http.HttpRegistry;
import dev.floe.oci.http.HttpSettings;
import dev.floe.oci.layout.LayoutRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/** The kinds of places an artifact may lie in, each a real one. */
public enum Place {
  /** OCI 1.1, with the referrers API. */
  EMBEDDED,
  /** The same from before 1.1. */
  EMBEDDED_OLD,
  /** Distribution 2.8, if it is installed. */
  DOCKER,
  LAYOUT;

  /** Impatient, so that tests of failures end soon. */
  public static final HttpSettings SETTINGS =
      HttpSettings.defaults()
          .withAttempts(
              new HttpSettings.Attempts(3, Duration.ofMillis(5), Duration.ofMillis(1_500)));

  /** A place that is open, until it is closed. */
  public record Open(Registry registry, String host, AutoCloseable server)
      implements AutoCloseable {
    @Override
    public void close() {
      try {
        server.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  public boolean isThere() {
    return this != DOCKER || DockerRegistry.isInstalled();
  }

  public Open open(Path folder) {
    try {
      return switch (this) {
        case EMBEDDED -> embedded(folder, RegistryOptions.standard());
        case EMBEDDED_OLD -> embedded(folder, RegistryOptions.standard().withoutReferrers());
        case DOCKER -> {
          DockerRegistry server = DockerRegistry.start(folder);
          yield new Open(client(server.host()), server.host(), server);
        }
        case LAYOUT -> new Open(new LayoutRegistry(folder), "", () -> {});
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Open embedded(Path folder, RegistryOptions options) throws IOException {
    OciRegistry registry = new OciRegistry(folder, WritePolicy.everyone(), options);
    OciRegistryServer server = OciRegistryServer.start(registry, 0);
    return new Open(client(server.host()), server.host(), server);
  }

  public static Registry client(String host) {
    return new HttpRegistry(host, true, CredentialSource.anonymous(), SETTINGS);
  }
}
