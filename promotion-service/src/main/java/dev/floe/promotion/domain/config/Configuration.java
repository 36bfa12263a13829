package dev.floe.promotion.domain.config;

import dev.floe.manifest.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * What is in force.
 *
 * @param revision 0 before the first manifest
 * @param sha256 of the manifest as it was given
 * @param manifest null before the first
 */
public record Configuration(int revision, String sha256, @Nullable Manifest manifest) {

  public static final Configuration NONE = new Configuration(0, "", null);
}
