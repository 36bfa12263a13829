package dev.floe.promotion.domain.config;

import dev.floe.manifest.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be asked of the configuration. */
public sealed interface ManifestCommand {

  /** SHA-256 of the manifest as it was given, in hex. */
  String sha256();

  /**
   * Puts a validated manifest in force.
   *
   * @param manifest canonical JSON, secrets replaced
   * @param expectedRevision that must be in force; null for any
   * @param allowEmpty whether it may take away all gates or all teams
   */
  record ApplyManifest(
      String sha256, String manifest, @Nullable Integer expectedRevision, boolean allowEmpty)
      implements ManifestCommand {}

  /** Records that a manifest was refused before it could be applied. */
  record RefuseManifest(String sha256, List<Problem> problems) implements ManifestCommand {
    public RefuseManifest {
      problems = List.copyOf(problems);
    }
  }
}
