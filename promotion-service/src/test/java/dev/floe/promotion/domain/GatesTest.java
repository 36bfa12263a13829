package dev.floe.promotion.domain;

import static dev.floe.promotion.domain.Line.ask;
import static dev.floe.promotion.domain.Line.passed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Requirement;
import dev.floe.promotion.domain.message.GateEnd;
import dev.floe.promotion.domain.message.GateOutcome;
import dev.floe.promotion.domain.message.Phase;
import dev.floe.promotion.domain.message.PromotionCommand.RecordLapse;
import dev.floe.promotion.domain.message.PromotionCommand.RecordValidation;
import dev.floe.promotion.domain.message.PromotionEvent.CommandRefused;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionRequested;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionStarted;
import dev.floe.promotion.domain.message.PromotionEvent.ValidationFailed;
import dev.floe.promotion.domain.message.PromotionEvent.ValidationPassed;
import dev.floe.promotion.domain.message.PromotionEvent.ValidationStarted;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GatesTest {

  private static final GateOutcome SCAN_FAILED = new GateOutcome("scan", GateEnd.FAILED);

  private final Line line = Line.under(Manifests.threeSteps()).published("v1.2.3");

  @Test
  @Requirement({"326.3", "328.6"})
  void that_all_passed_let_the_copy_begin() {
    String id = line.requested("v1.2.3", "staging");

    var played = line.when(passed(id, 1));

    played.happens(ValidationPassed.class, PromotionStarted.class);
    assertThat(played.the(ValidationPassed.class).approval()).isNull();
    assertThat(played.the(PromotionStarted.class).intent()).isEqualTo(2);
    assertThat(played.the(PromotionStarted.class).decisions()).isEmpty();
  }

  @Test
  @Requirement("328.5")
  void one_that_failed_ends_the_promotion() {
    String id = line.requested("v1.2.3", "staging");

    line.when(verdict(id, false, SCAN_FAILED)).happens(ValidationFailed.class);
    line.when(passed(id, 1)).changesNothing();
  }

  @Test
  @Requirement("328.5")
  void run_anew_when_the_version_is_promoted_after_a_fix() {
    line.when(verdict(line.requested("v1.2.3", "staging"), false, SCAN_FAILED)).accepted();

    line.when(ask("v1.2.3", "staging")).happens(PromotionRequested.class, ValidationStarted.class);
  }

  @Test
  @Requirement("328.6")
  void one_that_did_not_run_blocks_whatever_the_verdict_says() {
    String id = line.requested("v1.2.3", "staging");

    line.when(verdict(id, true, new GateOutcome("scan", GateEnd.SKIPPED)))
        .happens(ValidationFailed.class);
  }

  @Test
  void of_an_earlier_intent_or_another_phase_do_not_count() {
    String id = line.requested("v1.2.3", "staging");

    line.when(passed(id, 2)).changesNothing();
    line.when(new RecordValidation(id, 1, Phase.AFTER, true, List.of())).changesNothing();
    line.when(passed("req-unknown", 1)).changesNothing();
  }

  @Test
  @Requirement("328.6")
  void cannot_be_reported_by_anybody_but_the_service() {
    String id = line.requested("v1.2.3", "staging");
    var refused = line.when(Actor.user("eve@acme.com"), passed(id, 1)).refused("not-authorised");

    assertThat(refused.the(CommandRefused.class).command()).isEqualTo("RecordValidation");
    line.when(new Actor(Actor.Kind.SIGNER, "signer:ci", Set.of()), passed(id, 1))
        .refused("not-authorised");
  }

  @Test
  void where_there_are_none_the_validation_passes_at_once() {
    Line open = Line.under(Manifests.withoutGates()).published("v1.2.3");

    open.when(ask("v1.2.3", "staging"))
        .happens(
            PromotionRequested.class,
            ValidationStarted.class,
            ValidationPassed.class,
            PromotionStarted.class);
  }

  @Test
  @Requirement("326.4")
  void where_there_are_none_people_are_asked_all_the_same() {
    Line open = Line.under(Manifests.withoutGates()).published("v1.2.3");
    String id = open.requested("v1.2.3", "staging");
    open.when(Line.copied(id, 2)).accepted();
    open.when(Line.tagged(id, 3)).accepted();

    open.when(ask("v1.2.3", "prod").requestingApproval())
        .happens(PromotionRequested.class, ValidationStarted.class, ValidationPassed.class);
  }

  @Test
  @Requirement("326.5")
  void are_those_of_the_manifest_that_was_in_force_when_it_was_asked_for() {
    String id = line.requested("v1.2.3", "staging");

    var played = line.nowUnder(Manifests.withoutGates()).when(new RecordLapse(id, 1));

    assertThat(played.the(ValidationStarted.class).gates()).hasSize(2);
    assertThat(played.the(ValidationStarted.class).manifestRevision()).isEqualTo(1);
  }

  private static RecordValidation verdict(String id, boolean passed, GateOutcome... failed) {
    return new RecordValidation(id, 1, Phase.BEFORE, passed, List.of(failed));
  }
}
