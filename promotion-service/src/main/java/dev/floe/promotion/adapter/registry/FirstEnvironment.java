package dev.floe.promotion.adapter.registry;

import dev.floe.manifest.Digest;
import dev.floe.manifest.Environment;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.Registry;
import dev.floe.manifest.VersionRef;
import dev.floe.oci.Descriptor;
import dev.floe.oci.RawManifest;
import dev.floe.oci.RegistryException;
import dev.floe.oci.Repository;
import dev.floe.oci.connect.Registries;
import dev.floe.oci.copy.Graph;
import dev.floe.promotion.application.Publications;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what was pushed in the first environment's primary registry. */
public final class FirstEnvironment implements Publications {

  private final Registries registries;

  public FirstEnvironment(Registries registries) {
    this.registries = registries;
  }

  @Override
  public Found find(
      Manifest manifest, String artifact, VersionRef version, @Nullable Digest digest) {
    Environment first = manifest.first();
    Registry primary =
        first
            .primary()
            .orElseThrow(
                () -> new NotFound("The manifest names no registry for " + first.name() + "."));
    Repository repository = registries.repository(primary.url(), artifact, primary.access());
    try {
      RawManifest root =
          digest == null ? byTag(repository, version, first.name()) : byDigest(repository, digest);
      long size = Graph.read(repository, root.digest()).totalBytes();
      return new Found(root.digest(), size, root.mediaType());
    } catch (RegistryException trouble) {
      throw new Unavailable(trouble.code(), String.valueOf(trouble.getMessage()), trouble);
    }
  }

  private static RawManifest byDigest(Repository repository, Digest digest) {
    if (repository.head(digest).isEmpty()) {
      throw new NotFound("%s does not have %s.".formatted(repository, digest));
    }
    return repository.manifest(digest);
  }

  private static RawManifest byTag(Repository repository, VersionRef version, String first) {
    List<String> tags = List.of(version.version() + "-" + first, version.version().toString());
    for (String tag : tags) {
      Optional<Descriptor> there = repository.head(tag);
      if (there.isPresent()) {
        return repository.manifest(tag);
      }
    }
    throw new NotFound(
        "%s has neither the tag %s nor %s.".formatted(repository, tags.getFirst(), tags.getLast()));
  }
}
