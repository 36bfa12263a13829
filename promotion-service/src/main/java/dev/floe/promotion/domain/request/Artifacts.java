package dev.floe.promotion.domain.request;

import static dev.floe.promotion.domain.rule.Reasons.because;

import dev.floe.kernel.Refusal;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.ProblemCode;
import java.util.Optional;

/** Which artifacts there are. */
final class Artifacts {

  private Artifacts() {}

  static Optional<Refusal> unknown(Manifest manifest, String artifact) {
    return manifest.artifacts().contains(artifact)
        ? Optional.empty()
        : Optional.of(
            because(
                ProblemCode.UNKNOWN_ARTIFACT,
                "The manifest names no artifact '%s'.".formatted(artifact),
                "Use one of: " + String.join(", ", manifest.artifacts())));
  }
}
