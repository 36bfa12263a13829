package dev.floe.promotion.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.approval.v1.ApprovalCompleted;
import dev.floe.approval.v1.ApprovalDenied;
import dev.floe.approval.v1.ApprovalExpired;
import dev.floe.approval.v1.ApprovalWithdrawn;
import dev.floe.gate.v1.GateErrored;
import dev.floe.gate.v1.GateFailed;
import dev.floe.gate.v1.GateSkipped;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Recorded;
import dev.floe.messaging.Envelope;
import dev.floe.messaging.feed.Fact;
import dev.floe.messaging.feed.Outgoing;
import dev.floe.promotion.domain.message.Approval;
import dev.floe.promotion.domain.message.ApprovalOutcome;
import dev.floe.promotion.domain.message.GateEnd;
import dev.floe.promotion.domain.message.GateOutcome;
import dev.floe.promotion.domain.message.Phase;
import dev.floe.promotion.domain.message.PromotionCommand;
import dev.floe.promotion.domain.message.PromotionCommand.RecordApproval;
import dev.floe.promotion.domain.message.PromotionCommand.RecordCopy;
import dev.floe.promotion.domain.message.PromotionCommand.RecordLapse;
import dev.floe.promotion.domain.message.PromotionCommand.RecordTags;
import dev.floe.promotion.domain.message.PromotionCommand.RecordValidation;
import dev.floe.promotion.v1.PhaseVerdict;
import dev.floe.promotion.v1.TagStage;
import dev.floe.registry.v1.ArtifactReplicated;
import dev.floe.registry.v1.CopyVerdict;
import dev.floe.registry.v1.ReplicationFailed;
import dev.floe.registry.v1.TagAssignmentFailed;
import dev.floe.registry.v1.TagsAssigned;
import java.time.Instant;
import java.util.List;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OthersHeardTest {

  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final String ID = "req-1";

  @Test
  void a_gate_without_the_verdict_of_all_says_nothing() {
    assertThat(hear(skipped(null))).isEmpty();
  }

  @Test
  void the_last_gate_tells_what_all_came_to() {
    var verdict =
        new PhaseVerdict(
            false,
            List.of(
                new dev.floe.promotion.v1.GateOutcome(
                    "scan", dev.floe.promotion.v1.GateEnd.ERRORED, "signature-invalid")));

    assertThat(hear(skipped(verdict)))
        .containsExactly(
            new Outgoing<>(
                "validation",
                "floe-platform",
                new RecordValidation(
                    ID,
                    3,
                    Phase.AFTER,
                    false,
                    List.of(new GateOutcome("scan", GateEnd.ERRORED, "signature-invalid")))));
    assertThat(hear(failed(verdict))).hasSize(1);
    assertThat(hear(errored(verdict))).hasSize(1);
  }

  @Test
  void peoples_decisions_are_told_as_they_ended() {
    var given = new dev.floe.promotion.v1.Approval("security", "cleo", NOON, "cli");

    assertThat(
            hear(
                new ApprovalCompleted(
                    ID, "v1", "d", "a", "b", List.of(given), NOON.plusSeconds(9))))
        .extracting(Outgoing::command)
        .containsExactly(
            new RecordApproval(
                ID,
                ApprovalOutcome.APPROVED,
                List.of(new Approval("security", "cleo", NOON, "cli")),
                "",
                "",
                NOON.plusSeconds(9)));
    assertThat(hear(new ApprovalDenied(ID, "v1", "d", "a", "b", "security", "cleo", "cli", "no")))
        .extracting(Outgoing::command)
        .containsExactly(ended(ApprovalOutcome.DENIED, "cleo", "no"));
    assertThat(hear(new ApprovalExpired(ID, "v1", "d", "a", "b")))
        .extracting(Outgoing::command)
        .containsExactly(ended(ApprovalOutcome.EXPIRED, "", ""));
    assertThat(hear(new ApprovalWithdrawn(ID, "v1", "d", "a", "b", "over")))
        .extracting(Outgoing::command)
        .containsExactly(ended(ApprovalOutcome.WITHDRAWN, "", "over"));
  }

  @Test
  void the_last_copy_tells_what_all_came_to() {
    var good = new CopyVerdict(true, "", "");
    var bad = new CopyVerdict(false, "digest-mismatch", "other bytes");

    assertThat(hear(replicated(null))).isEmpty();
    assertThat(hear(replicated(good)))
        .extracting(Outgoing::command)
        .containsExactly(new RecordCopy(ID, 2, true, "", "", 77));
    assertThat(
            hear(
                new ReplicationFailed(ID, 2, "v1", "d", "a", "b", "primary", "ref", "t", "m", bad)))
        .extracting(Outgoing::command)
        .containsExactly(new RecordCopy(ID, 2, false, "digest-mismatch", "other bytes", 0));
  }

  @Test
  void tags_are_told_for_promotions_and_not_for_publications() {
    assertThat(hear(tagged(ID)))
        .extracting(Outgoing::command)
        .containsExactly(new RecordTags(ID, 4, true, List.of("ref"), "", ""));
    assertThat(hear(tagged(null))).isEmpty();
    assertThat(hear(untagged(ID)))
        .extracting(Outgoing::command)
        .containsExactly(new RecordTags(ID, 4, false, List.of(), "registry-refused", "403"));
    assertThat(hear(untagged(null))).isEmpty();
  }

  @Test
  void a_lapsed_intent_is_told_whoever_let_it_lapse() {
    List<IndexedRecord> lapsed =
        List.of(
            new dev.floe.gate.v1.IntentLapsed(ID, 5, "v1", "d", "a", "b"),
            new dev.floe.registry.v1.IntentLapsed(ID, 5, "v1", "d", "a", "b"));
    for (IndexedRecord one : lapsed) {
      assertThat(hear(one)).extracting(Outgoing::command).containsExactly(new RecordLapse(ID, 5));
    }
  }

  private static List<Outgoing<PromotionCommand>> hear(IndexedRecord body) {
    var envelope =
        new Envelope(
            "e1", "t", "s", ID, NOON, null, null, Actor.system("x"), null, null, null, null);
    var recorded = new Recorded<>("e1", "floe-platform", 1, NOON, Actor.system("x"), "", body);
    return new OthersHeard().react(new Fact("topic", envelope, recorded));
  }

  private static RecordApproval ended(ApprovalOutcome outcome, String by, String reason) {
    return new RecordApproval(ID, outcome, List.of(), by, reason, null);
  }

  private static GateSkipped skipped(@Nullable PhaseVerdict verdict) {
    return GateSkipped.newBuilder()
        .setPromotion(ID)
        .setIntent(3)
        .setVersion("v1")
        .setDigest("d")
        .setFrom("a")
        .setTo("b")
        .setPhase(dev.floe.promotion.v1.Phase.AFTER)
        .setGate("scan")
        .setMessage("")
        .setVerdict(verdict)
        .build();
  }

  private static GateFailed failed(PhaseVerdict verdict) {
    return new GateFailed(
        ID,
        3,
        "v1",
        "d",
        "a",
        "b",
        dev.floe.promotion.v1.Phase.AFTER,
        "scan",
        1,
        1,
        5L,
        "",
        "",
        0L,
        "",
        "",
        "",
        verdict);
  }

  private static GateErrored errored(PhaseVerdict verdict) {
    return new GateErrored(
        ID,
        3,
        "v1",
        "d",
        "a",
        "b",
        dev.floe.promotion.v1.Phase.AFTER,
        "scan",
        1,
        null,
        5L,
        "",
        "",
        0L,
        "",
        "",
        "",
        verdict);
  }

  private static ArtifactReplicated replicated(@Nullable CopyVerdict verdict) {
    return new ArtifactReplicated(ID, 2, "v1", "d", "a", "b", "primary", "ref", 77L, verdict);
  }

  private static TagsAssigned tagged(@Nullable String promotion) {
    return new TagsAssigned(
        promotion, 4, TagStage.ENVIRONMENT, "v1", "d", "a", "b", List.of("ref"));
  }

  private static TagAssignmentFailed untagged(@Nullable String promotion) {
    return new TagAssignmentFailed(
        promotion, 4, TagStage.ENVIRONMENT, "v1", "d", "a", "b", "registry-refused", "403");
  }
}
