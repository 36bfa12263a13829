package dev.floe.promotion.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Refusal;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Environment.OnApproval;
import dev.floe.manifest.Problem;
import dev.floe.manifest.Version;
import dev.floe.messaging.Verification.Verified;
import dev.floe.messaging.journal.CommandCodec;
import dev.floe.messaging.journal.Malformed;
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
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** Whoever may write to the topic, a signer for one, can put any text into a record. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "version",
        "from",
        "to",
        "retry",
        "plan",
        "registries",
        "reason",
      })
  void a_command_with_a_text_that_no_event_can_hold_is_malformed_and_quoted_by_its_beginning(
      String field) {
    for (String hostile :
        List.of("", "a\0b", "a\u202eb", "a\u200bb", "a b".repeat(200_000), "x".repeat(500_000))) {
      IndexedRecord record = request();
      Object value = field.equals("registries") ? List.of("primary", hostile) : hostile;
      record.put(record.getSchema().getField(field).pos(), value);
      if (field.equals("reason") && hostile.length() < 2_000) {
        continue;
      }

      assertThatThrownBy(
              () ->
                  CommandCodec.of(PromotionRecords.COMMANDS)
                      .read(record, Verified.by(Actor.user("dana@acme.com")), "app"))
          .isInstanceOf(Malformed.class)
          .message()
          .hasSizeLessThan(500)
          .doesNotContain("\0", "\u202e");
    }
  }

  @Test
  void a_reason_is_made_visible() throws Exception {
    IndexedRecord record = request();
    record.put(record.getSchema().getField("reason").pos(), "a\nb\0c\u202e");

    assertThat(((RequestPromotion) PromotionRecords.COMMANDS.read(record)).reason())
        .isEqualTo("a b\ufffdc\ufffd");
  }

  private static IndexedRecord request() {
    return PromotionRecords.COMMANDS.write(
        new RequestPromotion(
            "v1.2.3", "dev", "prod", true, false, true, "req-0", "h", List.of("primary"), ""));
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
