package dev.floe.oci;

import java.util.List;

/**
 * The manifests that name a subject.
 *
 * @param byApi whether the registry keeps the list itself; otherwise it was read from the fallback
 *     tag
 */
public record Referrers(List<Descriptor> manifests, boolean byApi) {
  public Referrers {
    manifests = List.copyOf(manifests);
  }
}
