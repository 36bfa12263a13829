package dev.floe.promotion.application;

/**
 * Where the full text of manifests stays, with the commands and secrets that the log does not hold:
 * whoever runs gates looks for their definitions here.
 */
public interface ManifestStore {

  /** Keeps {@code yaml}; the same text again changes nothing. */
  void keep(String yaml);
}
