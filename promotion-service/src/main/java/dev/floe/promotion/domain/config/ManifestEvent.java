package dev.floe.promotion.domain.config;

import dev.floe.kernel.Refusal;
import dev.floe.manifest.Problem;
import java.util.List;

/** What can happen to the configuration; {@code floe.config.events} carries exactly these. */
public sealed interface ManifestEvent {

  /**
   * A manifest is in force.
   *
   * @param revision its number, from 1
   */
  record ManifestApplied(int revision, String sha256, String manifest) implements ManifestEvent {}

  /** A manifest was refused; the last good one stays in force. */
  record ManifestRefused(String sha256, List<Problem> problems, List<Refusal> reasons)
      implements ManifestEvent {
    public ManifestRefused {
      problems = List.copyOf(problems);
      reasons = List.copyOf(reasons);
    }
  }
}
