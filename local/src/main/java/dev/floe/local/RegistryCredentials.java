package dev.floe.local;

import dev.floe.manifest.Manifest;
import dev.floe.manifest.ManifestParser;
import dev.floe.manifest.Registry;
import dev.floe.manifest.RegistryAccess;
import dev.floe.manifest.RegistryUrl;
import dev.floe.manifest.Secret;
import dev.floe.messaging.feed.ManifestFeed;
import dev.floe.messaging.feed.ManifestFeed.Revision;
import dev.floe.oci.Repository;
import dev.floe.oci.connect.Registries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Opens registries with what the manifest names for them; secrets come from this machine's copy of
 * the manifest, and floe's own registry opens with a secret of this process.
 */
final class RegistryCredentials {

  private final Registries registries;
  private final ManifestFeed feed;
  private final Path manifests;
  private final String ownHost;
  private final RegistryAccess own;

  RegistryCredentials(
      Registries registries, ManifestFeed feed, Path manifests, String ownHost, String ownSecret) {
    this.registries = registries;
    this.feed = feed;
    this.manifests = manifests;
    this.ownHost = ownHost;
    this.own = RegistryAccess.with(new Secret.Inline("registry-sync:" + ownSecret));
  }

  Repository open(RegistryUrl url, String artifact) {
    return registries.repository(url, artifact, access(url));
  }

  RegistryAccess access(RegistryUrl url) {
    if (url.host().equals(ownHost)) {
      return own;
    }
    return feed.current()
        .flatMap(this::complete)
        .flatMap(manifest -> registry(manifest, url))
        .map(Registry::access)
        .orElseGet(RegistryAccess::anonymous);
  }

  private static Optional<Registry> registry(Manifest manifest, RegistryUrl url) {
    return manifest.environments().stream()
        .flatMap(environment -> environment.registries().stream())
        .filter(registry -> registry.url().equals(url))
        .findFirst();
  }

  /** The manifest with its secrets, where this machine has it; else as the log tells it. */
  private Optional<Manifest> complete(Revision revision) {
    Path file = manifests.resolve(revision.sha256() + ".yaml");
    if (!Files.exists(file)) {
      return Optional.of(revision.manifest());
    }
    try {
      return Optional.ofNullable(
          ManifestParser.parse(Files.readString(file), file.toString()).manifest());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " cannot be read", unreadable);
    }
  }
}
