package dev.floe.promotion.adapter.registry;

import dev.floe.manifest.Digest;
import dev.floe.manifest.Environment;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.Registry;
import dev.floe.manifest.VersionRef;
import dev.floe.oci.Descriptor;
import dev.floe.oci.RawManifest;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import dev.floe.oci.connect.Registries;
import dev.floe.promotion.application.Publications;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
      RawManifest found =
          digest == null ? byTag(repository, version, first.name()) : repository.manifest(digest);
      return new Found(found.digest(), size(repository, found), found.mediaType());
    } catch (RegistryException trouble) {
      throw told(trouble);
    }
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

  private static long size(Repository repository, RawManifest root) {
    Set<Digest> counted = new HashSet<>();
    Deque<RawManifest> toRead = new ArrayDeque<>(List.of(root));
    long bytes = 0;
    while (!toRead.isEmpty()) {
      RawManifest manifest = toRead.pop();
      if (counted.add(manifest.digest())) {
        bytes += manifest.size();
        for (Descriptor blob : manifest.contents().blobs()) {
          bytes += counted.add(blob.digest()) ? blob.size() : 0;
        }
        for (Descriptor child : manifest.contents().manifests()) {
          toRead.push(repository.manifest(child.digest()));
        }
      }
    }
    return bytes;
  }

  private static RuntimeException told(RegistryException trouble) {
    String message = String.valueOf(trouble.getMessage());
    return trouble.trouble() == RegistryTrouble.NOT_FOUND
        ? new NotFound(message)
        : new Unavailable(message, !trouble.trouble().retryable(), trouble);
  }
}
