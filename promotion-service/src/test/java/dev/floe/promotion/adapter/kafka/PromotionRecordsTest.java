package dev.floe.promotion.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Refusal;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Environment.OnApproval;
import dev.floe.manifest.Problem;
import dev.floe.manifest.Version;
import dev.floe.promotion.domain.config.ManifestEvent.ManifestRefused;
import dev.floe.promotion.domain.message.ApprovalRules;
import dev.floe.promotion.domain.message.GateRef;
import dev.floe.promotion.domain.message.Plan;
import dev.floe.promotion.domain.message.PromotionCommand.RequestPromotion;
import dev.floe.promotion.domain.message.PromotionEvent.ArtifactPublished;
import dev.floe.promotion.domain.message.PromotionEvent.CommandRefused;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionRefused;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionRequested;
import dev.floe.promotion.domain.message.RegistryTarget;
import dev.floe.promotion.domain.message.TeamQuorum;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromotionRecordsTest {

  private static final Version VERSION = Version.parse("v1.2.3");
  private static final Digest DIGEST = Digest.sha256("x");
  private static final Refusal REASON =
      new Refusal("slot-busy", "busy", "req-1", "wait", Instant.parse("2026-11-25T12:00:00Z"));

  private final PromotionRecords about = new PromotionRecords();

  @Test
  void events_come_back_as_they_went() throws Exception {
    var target = new RegistryTarget("primary", "oci://a/b");
    var plan =
        new Plan(
            target,
            List.of(target),
            List.of(new GateRef("scan", "sha256:0")),
            Duration.ofMinutes(3),
            true,
            Duration.ofDays(1),
            new ApprovalRules(List.of(new TeamQuorum("ops", 2)), Duration.ofDays(7), true),
            OnApproval.PROCEED,
            List.of("v1.2.3-prod"),
            "v1.2.3",
            List.of(),
            Duration.ZERO);
    var requested =
        new PromotionRequested(
            "req-1", VERSION, DIGEST, "dev", "prod", plan, "hash", 3, "rules", "dana", true, true,
            "req-0", "because");

    assertThat(PromotionRecords.EVENTS.read(PromotionRecords.EVENTS.write(requested)))
        .isEqualTo(requested);
    var refused = new PromotionRefused("req-2", "1.2", null, null, "prod", List.of(REASON));
    assertThat(PromotionRecords.EVENTS.read(PromotionRecords.EVENTS.write(refused)))
        .isEqualTo(refused);
  }

  @Test
  void commands_come_back_as_they_went() throws Exception {
    var command =
        new RequestPromotion(
            "v1.2.3-dev", null, "prod", true, false, true, "req-0", null, List.of("primary"), "");

    assertThat(PromotionRecords.COMMANDS.read(PromotionRecords.COMMANDS.write(command)))
        .isEqualTo(command);
  }

  @Test
  void the_manifests_problems_come_back_as_they_went() throws Exception {
    var refused =
        new ManifestRefused(
            "abc",
            List.of(
                new Problem(
                    "m.yaml",
                    1,
                    2,
                    Problem.Severity.WARNING,
                    "odd",
                    "mend it",
                    "invalid-manifest")),
            List.of(REASON));

    assertThat(ManifestRecords.EVENTS.read(ManifestRecords.EVENTS.write(refused)))
        .isEqualTo(refused);
    assertThat(new ManifestRecords().because(refused)).containsExactly(REASON);
    assertThat(new ManifestRecords().subject("manifest", refused)).isEqualTo("manifest");
  }

  @Test
  void the_envelope_names_the_promotion_or_the_slot_or_the_artifact() {
    var published =
        new ArtifactPublished(VERSION, DIGEST, "dev", "ref", 1, "t", List.of(), List.of());
    var refused = new PromotionRefused("req-2", "v1", null, null, "prod", List.of(REASON));
    var nothing = new CommandRefused("RegisterVersion", null, "v1", List.of(REASON));
    var cancel = new CommandRefused("CancelPromotion", "req-3", "v1", List.of(REASON));

    assertThat(about.subject("app", published)).isEqualTo("app/dev");
    assertThat(about.subject("app", refused)).isEqualTo("req-2");
    assertThat(about.subject("app", nothing)).isEqualTo("app");
    assertThat(about.correlation(cancel)).contains("req-3");
    assertThat(about.because(refused)).containsExactly(REASON);
    assertThat(about.because(published)).isEmpty();
  }
}
