package dev.floe.oci.connect;

import dev.floe.manifest.RegistryAccess;
import dev.floe.manifest.RegistryAccess.Manners;
import dev.floe.manifest.RegistryUrl;
import dev.floe.oci.Registry;
import dev.floe.oci.Repository;
import dev.floe.oci.credentials.CredentialSource;
import dev.floe.oci.http.HttpRegistry;
import dev.floe.oci.http.HttpSettings;
import dev.floe.oci.layout.LayoutRegistry;
import dev.floe.oci.tls.TlsFiles;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Opens registries by URL and keeps them open, so that a token serves more than one request. Meant
 * to live as long as the process; safe for any number of threads.
 */
public final class Registries {

  private record Key(RegistryUrl place, RegistryAccess access) {}

  private final HttpSettings settings;
  private final Map<String, String> environment;
  private final ConcurrentMap<Key, Registry> open = new ConcurrentHashMap<>();

  /**
   * @param environment where {@code env:NAME} is looked up
   */
  public Registries(HttpSettings settings, Map<String, String> environment) {
    this.settings = settings;
    this.environment = Map.copyOf(environment);
  }

  public static Registries withDefaults() {
    return new Registries(HttpSettings.defaults(), System.getenv());
  }

  /** The repository of an artifact in an environment's registry. */
  public Repository repository(RegistryUrl url, String artifact, RegistryAccess access) {
    String name = url.isLayout() ? artifact : url.repository(artifact);
    return registry(url, access).repository(name);
  }

  public Registry registry(RegistryUrl url, RegistryAccess access) {
    RegistryUrl place = url.isLayout() ? url : new RegistryUrl(url.scheme(), url.host(), "");
    return open.computeIfAbsent(new Key(place, access), this::connect);
  }

  private Registry connect(Key key) {
    RegistryUrl place = key.place();
    RegistryAccess access = key.access();
    if (place.isLayout()) {
      return new LayoutRegistry(Path.of(place.path()));
    }
    // Docker Hub is known by one name and answers under another.
    String host = place.host().equals("docker.io") ? "registry-1.docker.io" : place.host();
    CredentialSource source = CredentialSource.of(access.credentials(), environment);
    HttpSettings mannered = mannered(access.manners());
    HttpSettings complete =
        access.hasTls() ? mannered.withTls(new TlsFiles(host, access, environment)) : mannered;
    return new HttpRegistry(host, place.plainHttp(), source, complete);
  }

  private HttpSettings mannered(Manners manners) {
    HttpSettings mannered = settings;
    if (manners.timeout() != null) {
      mannered =
          mannered
              .withIdleTimeout(manners.timeout())
              .withRequestTimeout(manners.timeout().multipliedBy(2));
    }
    if (manners.commitTimeout() != null) {
      mannered = mannered.withCommitTimeout(manners.commitTimeout());
    }
    if (manners.retries() != null) {
      mannered = mannered.withAttempts(mannered.attempts().of(manners.retries() + 1));
    }
    return manners.trustedHosts().isEmpty()
        ? mannered
        : mannered.withTrustedHosts(Set.copyOf(manners.trustedHosts()));
  }
}
