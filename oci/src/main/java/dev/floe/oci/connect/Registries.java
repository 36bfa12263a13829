package dev.floe.oci.connect;

import dev.floe.manifest.RegistryUrl;
import dev.floe.manifest.Secret;
import dev.floe.oci.Registry;
import dev.floe.oci.Repository;
import dev.floe.oci.credentials.CredentialSource;
import dev.floe.oci.http.HttpRegistry;
import dev.floe.oci.http.HttpSettings;
import dev.floe.oci.layout.LayoutRegistry;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Opens registries by URL and keeps them open, so that a token serves more than one request. Meant
 * to live as long as the process; safe for any number of threads.
 */
public final class Registries {

  private record Key(RegistryUrl place, @Nullable Secret credentials) {}

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

  /**
   * The repository of an artifact in an environment's registry.
   *
   * @param credentials as the manifest names them; anonymous if null
   */
  public Repository repository(RegistryUrl url, String artifact, @Nullable Secret credentials) {
    String name = url.isLayout() ? artifact : url.repository(artifact);
    return registry(url, credentials).repository(name);
  }

  public Registry registry(RegistryUrl url, @Nullable Secret credentials) {
    RegistryUrl place = url.isLayout() ? url : new RegistryUrl(url.scheme(), url.host(), "");
    return open.computeIfAbsent(new Key(place, credentials), this::connect);
  }

  private Registry connect(Key key) {
    RegistryUrl place = key.place();
    if (place.isLayout()) {
      return new LayoutRegistry(Path.of(place.path()));
    }
    // Docker Hub is known by one name and answers under another.
    String host = place.host().equals("docker.io") ? "registry-1.docker.io" : place.host();
    CredentialSource source = CredentialSource.of(key.credentials(), environment);
    return new HttpRegistry(host, place.plainHttp(), source, settings);
  }
}
