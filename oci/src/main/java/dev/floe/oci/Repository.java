package dev.floe.oci;

import dev.floe.manifest.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One repository of one registry. */
public record Repository(Registry registry, String name) {

  public Optional<Descriptor> head(String reference) {
    return registry.head(name, reference);
  }

  public Optional<Descriptor> head(Digest digest) {
    return registry.head(name, digest.toString());
  }

  public RawManifest manifest(String reference) {
    return registry.manifest(name, reference);
  }

  public RawManifest manifest(Digest digest) {
    return registry.manifest(name, digest.toString());
  }

  public boolean hasBlob(Descriptor blob) {
    return registry.hasBlob(name, blob);
  }

  public VerifyingStream blob(Descriptor blob) {
    return registry.blob(name, blob);
  }

  public void putBlob(Descriptor blob, BlobSource source) {
    registry.putBlob(name, blob, source);
  }

  public void putManifest(RawManifest manifest) {
    registry.putManifest(name, manifest.digest().toString(), manifest);
  }

  public void tag(String tag, RawManifest manifest) {
    registry.putManifest(name, tag, manifest);
  }

  public List<String> tags() {
    return registry.tags(name);
  }

  public Referrers referrers(Digest subject) {
    return registry.referrers(name, subject);
  }

  /** The same, given the repository's tags. */
  public Referrers referrers(Digest subject, Set<String> tags) {
    return registry.referrers(name, subject, tags);
  }

  /** The same, in a registry that is waited for until then if it asks for it. */
  public Repository waitingUntil(Instant latest) {
    return new Repository(registry.waitingUntil(latest), name);
  }

  /** As people write it, without a scheme. */
  @Override
  public String toString() {
    return registry.name() + "/" + name;
  }
}
