package dev.floe.promotion.domain.rule;

import dev.floe.access.AccessRules;
import dev.floe.manifest.Manifest;

/**
 * The rules in force when a command is handled.
 *
 * @param revision of the manifest they stand in
 */
public record Rules(int revision, AccessRules access) {

  public Manifest manifest() {
    return access.manifest();
  }
}
