package dev.floe.oci.copy;

import dev.floe.manifest.Digest;
import dev.floe.oci.Repository;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Remembers which manifests are below which. A digest stands for its bytes for ever, and these were
 * checked when they were read, so what is remembered cannot become wrong: it is dropped only to
 * bound memory.
 */
final class Families {

  private static final int MOST = 4_096;

  /** Larger ones are read again: there are few, and they would fill the memory. */
  private static final int LARGEST = 64;

  private final Map<Digest, Set<Digest>> known = new LinkedHashMap<>(16, 0.75f, true);

  boolean know(Digest digest) {
    synchronized (known) {
      return known.containsKey(digest);
    }
  }

  /** The manifest's digest and those of all manifests below it, read in this place if unknown. */
  Set<Digest> of(Repository place, Digest digest) {
    synchronized (known) {
      Set<Digest> family = known.get(digest);
      if (family != null) {
        return family;
      }
    }
    return learn(Graph.read(place, digest));
  }

  /** The family that the graph shows. */
  Set<Digest> learn(Graph graph) {
    Set<Digest> family = Set.copyOf(graph.manifests().keySet());
    if (family.size() <= LARGEST) {
      synchronized (known) {
        known.put(graph.digest(), family);
        if (known.size() > MOST) {
          known.remove(known.keySet().iterator().next());
        }
      }
    }
    return family;
  }
}
