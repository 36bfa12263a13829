package dev.floe.registry.adapter.registry;

import dev.floe.manifest.Environment;
import dev.floe.manifest.Registry;
import dev.floe.manifest.RegistryAccess;
import dev.floe.manifest.RegistryUrl;
import dev.floe.oci.RegistryException;
import dev.floe.registry.application.FileStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Stores files in the primary registry of the environment that is first on the path. */
public final class FirstEnvironmentFiles implements FileStore {

  private final FilesPublisher publisher;
  private final Supplier<Environment> first;
  private final Function<RegistryUrl, RegistryAccess> access;

  public FirstEnvironmentFiles(
      FilesPublisher publisher,
      Supplier<Environment> first,
      Function<RegistryUrl, RegistryAccess> access) {
    this.publisher = publisher;
    this.first = first;
    this.access = access;
  }

  @Override
  public Stored store(String artifact, Path folder, Map<String, String> annotations) {
    Environment environment = first.get();
    Registry primary =
        environment
            .primary()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "environment '%s' has no registry".formatted(environment.name())));
    try {
      Published published =
          publisher.publish(
              primary.url(), access.apply(primary.url()), artifact, folder, annotations);
      return new Stored(
          environment.name(),
          primary.url().ref(artifact, published.digest()).toString(),
          published.digest(),
          published.size(),
          published.mediaType());
    } catch (RegistryException failed) {
      throw new Unavailable(failed.code().code(), String.valueOf(failed.getMessage()), failed);
    }
  }
}
