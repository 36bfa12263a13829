package dev.floe.oci;

import dev.floe.manifest.Digest;
import java.util.Optional;

/**
 * Sets tags and believes only what it reads back. Registries do not enforce that a tag never moves:
 * one writer per repository does, with the check made here.
 */
public final class Tagger {

  /** Whether a tag may ever stand at something else. */
  public enum Mobility {
    /** {@code v1.2.3} and {@code v1.2.3-prod}. */
    IMMUTABLE,
    /** {@code latest-prod}. */
    MOVING
  }

  private Tagger() {}

  /** Makes the tag stand at the digest, which must be in the repository already. */
  public static Tagging assign(Repository place, String tag, Digest digest, Mobility mobility) {
    Optional<Digest> holds = standsAt(place, tag, digest);
    if (holds.isPresent() && holds.get().equals(digest)) {
      return new Tagging.Unchanged();
    }
    if (holds.isPresent() && mobility == Mobility.IMMUTABLE) {
      return new Tagging.Refused(holds.get());
    }
    place.tag(tag, place.manifest(digest));
    RawManifest now = place.manifest(tag);
    if (!digest.matches(now.bytes())) {
      String detail = "it stands at " + now.digest() + " after " + digest + " was accepted";
      throw new RegistryException(
          RegistryTrouble.DIGEST_MISMATCH,
          "set the tag " + place.name() + ":" + tag,
          place.registry().name(),
          detail);
    }
    return holds.<Tagging>map(Tagging.Moved::new).orElseGet(Tagging.Assigned::new);
  }

  /**
   * Where the tag stands, in the wanted digest's algorithm when it stands at it, so the two
   * compare; empty if there is no such tag.
   */
  public static Optional<Digest> standsAt(Repository place, String tag, Digest wanted) {
    Optional<Digest> found = place.head(tag).map(Descriptor::digest);
    if (found.isEmpty() || found.get().algorithm().equals(wanted.algorithm())) {
      return found;
    }
    RawManifest manifest = place.manifest(tag);
    return Optional.of(wanted.matches(manifest.bytes()) ? wanted : manifest.digest());
  }
}
