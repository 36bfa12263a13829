package dev.floe.registry.domain;

import dev.floe.manifest.FreeText;

/** Why a registry beside the primary did not get its tags. */
public record TagTrouble(String registry, String trouble, String message) {
  public TagTrouble {
    message = FreeText.told(message);
  }
}
