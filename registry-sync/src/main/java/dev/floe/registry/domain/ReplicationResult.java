package dev.floe.registry.domain;

import dev.floe.manifest.FreeText;

/**
 * What copying to one registry came to.
 *
 * @param trouble kebab-case code; empty when copied
 */
public record ReplicationResult(
    String registry, String ref, boolean copied, long bytes, String trouble, String message) {
  public ReplicationResult {
    message = FreeText.told(message);
  }
}
