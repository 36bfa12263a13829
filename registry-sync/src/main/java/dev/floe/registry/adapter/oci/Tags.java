package dev.floe.registry.adapter.oci;

import dev.floe.manifest.Digest;
import dev.floe.manifest.ProblemCode;
import dev.floe.oci.Descriptor;
import dev.floe.oci.Repository;
import dev.floe.oci.Tagger;
import dev.floe.oci.Tagger.Mobility;
import dev.floe.oci.Tagging;
import java.util.Optional;

/** The tags of promoted versions in one repository, each set behind a fence. */
final class Tags {

  private static final String MOVING = "latest-";

  /** The primary is asked so often at most whether it has moved on. */
  private static final int MOST_ROUNDS = 5;

  private final Repository place;
  private final Runnable fence;

  /**
   * @param fence throws where this process may no longer write
   */
  Tags(Repository place, Runnable fence) {
    this.place = place;
    this.fence = fence;
  }

  static boolean moves(String tag) {
    return tag.startsWith(MOVING);
  }

  /** Makes the tag stand at the digest. */
  void assign(String tag, Digest digest) throws Trouble {
    Mobility mobility = moves(tag) ? Mobility.MOVING : Mobility.IMMUTABLE;
    assign(tag, digest, mobility);
  }

  /** Makes the tag stand at the digest that the log has for it, whatever it stands at now. */
  void setBack(String tag, Digest digest) throws Trouble {
    assign(tag, digest, Mobility.MOVING);
  }

  /**
   * Makes a tag that moves stand where it stands in the primary, until the primary no longer moves
   * meanwhile; where that is. Empty if it is at a version that is not here yet, which brings the
   * tag itself.
   */
  Optional<Digest> follow(String tag, Repository primary) throws Trouble {
    Optional<Digest> wanted = standsAt(primary, tag);
    for (int round = 0; wanted.isPresent() && round < MOST_ROUNDS; round++) {
      if (place.head(wanted.get()).isEmpty()) {
        return Optional.empty();
      }
      assign(tag, wanted.get(), Mobility.MOVING);
      Optional<Digest> now = standsAt(primary, tag);
      if (now.equals(wanted)) {
        return now;
      }
      wanted = now;
    }
    return Optional.empty();
  }

  private void assign(String tag, Digest digest, Mobility mobility) throws Trouble {
    fence.run();
    if (Tagger.assign(place, tag, digest, mobility) instanceof Tagging.Refused(var holds)) {
      throw new Trouble(
          ProblemCode.IMMUTABLE_TAG.code(),
          "%s:%s stands for %s and version tags never move; it was to be %s"
              .formatted(place.name(), tag, holds, digest));
    }
  }

  private static Optional<Digest> standsAt(Repository place, String tag) {
    return place.head(tag).map(Descriptor::digest);
  }
}
