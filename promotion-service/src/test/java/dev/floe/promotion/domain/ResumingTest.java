package dev.floe.promotion.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.manifest.Manifest;
import dev.floe.promotion.domain.message.PromotionCommand.ResumeArtifact;
import dev.floe.promotion.domain.message.PromotionEvent.ArtifactResumed;
import org.junit.jupiter.api.Test;

/** A halted artifact that is to go on. */
class ResumingTest {

  private static final Manifest MANIFEST =
      Manifests.parse(
          Manifests.THREE_STEPS
              + "access: {configure: [ops@acme.com], override: [lead@acme.com]}\n");

  private final Line line = Line.under(MANIFEST).published("v1.2.3");

  @Test
  void is_told_to_every_service_by_an_event() {
    assertThat(
            line.by("ops@acme.com")
                .when(new ResumeArtifact("disk replaced"))
                .the(ArtifactResumed.class))
        .isEqualTo(new ArtifactResumed("disk replaced"));
  }

  @Test
  void may_be_asked_for_by_those_who_configure_or_override_and_by_nobody_else() {
    line.by("lead@acme.com").when(new ResumeArtifact("")).the(ArtifactResumed.class);
    line.by("mallory@acme.com").when(new ResumeArtifact("")).refused("not-authorised");
  }
}
