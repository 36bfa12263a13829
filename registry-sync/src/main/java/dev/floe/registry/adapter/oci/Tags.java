package dev.floe.registry.adapter.oci;

import dev.floe.manifest.Digest;
import dev.floe.manifest.ProblemCode;
import dev.floe.oci.Descriptor;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import dev.floe.oci.Tagger;
import dev.floe.oci.Tagger.Mobility;
import dev.floe.oci.Tagging;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tags of promoted versions in one repository, each set behind a fence. */
final class Tags {

  private static final Logger LOG = LoggerFactory.getLogger(Tags.class);
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

  /**
   * Makes all of them stand at the digest, or none: what can be refused is tried before anything
   * stands that was not there. A tag that never moves is looked at first; one that does move goes
   * first, since a registry may not let it, and goes back if another one fails.
   */
  void assign(List<String> tags, Digest digest) throws Trouble {
    List<String> moving = tags.stream().filter(Tags::moves).toList();
    List<String> fixed = tags.stream().filter(tag -> !moves(tag)).toList();
    for (String tag : fixed) {
      refuseOther(tag, digest, Tagger.standsAt(place, tag, digest));
    }
    Map<String, Digest> before = new LinkedHashMap<>();
    try {
      for (String tag : moving) {
        if (assign(tag, digest, Mobility.MOVING) instanceof Tagging.Moved(var from)) {
          before.put(tag, from);
        }
      }
      for (String tag : fixed) {
        assign(tag, digest, Mobility.IMMUTABLE);
      }
    } catch (RegistryException | Trouble failed) {
      before.forEach(this::moveBack);
      throw failed;
    }
  }

  private void moveBack(String tag, Digest to) {
    try {
      setBack(tag, to);
    } catch (RegistryException | Trouble again) {
      LOG.atWarn()
          .setMessage("a tag that had moved could not be moved back; a look at the tags will tell")
          .addKeyValue("tag", place + ":" + tag)
          .addKeyValue("cause", again.getMessage())
          .log();
    }
  }

  /** Makes a tag that never moves stand at the digest. */
  void assign(String tag, Digest digest) throws Trouble {
    assign(tag, digest, Mobility.IMMUTABLE);
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

  private Tagging assign(String tag, Digest digest, Mobility mobility) throws Trouble {
    fence.run();
    Tagging tagging;
    try {
      tagging = Tagger.assign(place, tag, digest, mobility);
    } catch (RegistryException refused) {
      if (moves(tag) && refused.trouble() == RegistryTrouble.REFUSED) {
        throw new Trouble(
            ProblemCode.REGISTRY_REFUSED.code(),
            "%s; if tags never move there, write latest: false in that environment's section of the manifest"
                .formatted(refused.getMessage()));
      }
      throw refused;
    }
    if (tagging instanceof Tagging.Refused(var holds)) {
      refuseOther(tag, digest, Optional.of(holds));
    }
    return tagging;
  }

  private void refuseOther(String tag, Digest digest, Optional<Digest> holds) throws Trouble {
    if (holds.isPresent() && !holds.get().equals(digest)) {
      throw new Trouble(
          ProblemCode.IMMUTABLE_TAG.code(),
          "%s:%s already points at %s, not at %s; version tags never move"
              .formatted(place.name(), tag, holds.get(), digest));
    }
  }

  private static Optional<Digest> standsAt(Repository place, String tag) {
    return place.head(tag).map(Descriptor::digest);
  }
}
