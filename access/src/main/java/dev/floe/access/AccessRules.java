package dev.floe.access;

import dev.floe.manifest.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * What decides who may what.
 *
 * @param startedBy the person who started an embedded system; null where there is none, as on a
 *     cluster
 */
public record AccessRules(Manifest manifest, @Nullable String startedBy) {

  public static AccessRules of(Manifest manifest) {
    return new AccessRules(manifest, null);
  }
}
