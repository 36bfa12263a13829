package dev.floe.promotion.domain;

import static dev.floe.promotion.domain.Line.ask;
import static dev.floe.promotion.domain.Line.copied;
import static dev.floe.promotion.domain.Line.passed;
import static dev.floe.promotion.domain.Line.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.Version;
import dev.floe.promotion.domain.message.GateEnd;
import dev.floe.promotion.domain.message.GateOutcome;
import dev.floe.promotion.domain.message.Phase;
import dev.floe.promotion.domain.message.PromotionCommand.RecordValidation;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionFailed;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionQueued;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionRequested;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionSucceeded;
import dev.floe.promotion.domain.message.PromotionEvent.ValidationFailed;
import dev.floe.promotion.domain.message.PromotionEvent.ValidationPassed;
import dev.floe.promotion.domain.message.PromotionEvent.ValidationStarted;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SlotTest {

  private final Line line =
      Line.under(Manifests.threeSteps())
          .published("v1.2.2")
          .published("v1.2.3")
          .published("v1.2.4");

  @Test
  @Requirement("326.2")
  void never_takes_two_promotions_at_once() {
    String first = line.requested("v1.2.3", "staging");
    var refused = line.when(ask("v1.2.4", "staging")).refused("slot-busy");

    assertThat(refused.firstReason().owner()).isEqualTo(first);
  }

  @Test
  void is_free_for_another_environments_promotion() {
    line.promoted("v1.2.3", "staging").requested("v1.2.4", "staging");
    line.when(ask("v1.2.3", "prod").requestingApproval()).accepted();
  }

  @Nested
  class A_queued_promotion {

    private final String first = line.requested("v1.2.3", "staging");
    private final String second = line.requested(ask("v1.2.4", "staging").queueing());

    @Test
    void names_the_one_it_stands_behind() {
      var queued = line.when(ask("v1.2.2", "staging").queueing());

      queued.happens(PromotionRequested.class, PromotionQueued.class);
      assertThat(queued.the(PromotionQueued.class).behind()).isEqualTo(first);
    }

    @Test
    void goes_as_soon_as_the_slot_is_free() {
      line.when(passed(first, 1)).accepted();
      line.when(copied(first, 2)).accepted();
      var ended = line.when(tagged(first, 3));

      ended.happens(PromotionSucceeded.class, ValidationStarted.class);
      assertThat(ended.the(ValidationStarted.class).promotion()).isEqualTo(second);
    }

    @Test
    void goes_as_soon_as_the_one_before_it_fails() {
      line.when(failed(first)).happens(ValidationFailed.class, ValidationStarted.class);
    }

    @Test
    void has_to_be_newer_still_when_its_turn_comes() {
      line.when(failed(first)).accepted();
      line.when(passed(second, 1)).accepted();
      line.when(copied(second, 2)).accepted();
      String late = line.requested(ask("v1.2.3", "staging").queueing());
      var ended = line.when(tagged(second, 3));

      ended.happens(PromotionSucceeded.class, PromotionFailed.class);
      assertThat(ended.the(PromotionFailed.class).promotion()).isEqualTo(late);
      assertThat(ended.the(PromotionFailed.class).cause()).isEqualTo("not-newer");
    }

    @Test
    void is_what_asking_for_the_same_again_means() {
      line.when(ask("v1.2.4", "staging")).changesNothing();
    }
  }

  @Test
  @Requirement("329.8")
  void waiting_for_people_holds_nothing() {
    line.promoted("v1.2.3", "staging").promoted("v1.2.4", "staging");
    String waiting = line.requested(ask("v1.2.3", "prod").requestingApproval());
    String queued = line.requested(ask("v1.2.4", "prod").requestingApproval().queueing());
    var played = line.when(passed(waiting, 1));

    played.happens(ValidationPassed.class, ValidationStarted.class);
    assertThat(played.the(ValidationStarted.class).promotion()).isEqualTo(queued);
  }

  @Nested
  class A_version {

    @Test
    @Requirement("327.6")
    void that_is_live_is_not_promoted_again() {
      line.promoted("v1.2.3", "staging").when(ask("v1.2.3", "staging")).changesNothing();
    }

    @Test
    void that_is_older_needs_the_word() {
      line.promoted("v1.2.3", "staging");

      line.when(ask("v1.2.2", "staging")).refused("not-newer");
      line.when(ask("v1.2.2", "staging").downgrading())
          .happens(PromotionRequested.class, ValidationStarted.class);
    }

    @Test
    void that_is_older_goes_live_where_that_was_meant() {
      line.promoted("v1.2.3", "staging");
      String id = line.requested(ask("v1.2.2", "staging").downgrading());
      line.when(passed(id, 1)).accepted();
      line.when(copied(id, 2)).accepted();
      var played = line.when(tagged(id, 3)).happens(PromotionSucceeded.class);

      assertThat(played.line().slot("staging").isLive(Version.parse("v1.2.2"))).isTrue();
    }

    @Test
    void that_was_live_before_has_its_own_way_back() {
      line.promoted("v1.2.3", "staging").promoted("v1.2.4", "staging");

      var refused = line.when(ask("v1.2.3", "staging").downgrading()).refused("was-live-before");
      assertThat(refused.firstReason().remedy()).startsWith("floe cannot roll back yet.");
    }
  }

  @Test
  void all_that_stands_in_the_way_is_said_at_once() {
    line.promoted("v1.2.3", "staging").promoted("v1.2.4", "staging");
    line.requested(ask("v1.2.4", "prod").requestingApproval());

    line.when(ask("v1.2.2", "staging")).refused("not-newer");
    line.when(ask("v1.2.3", "prod")).refused("slot-busy", "approval-needed");
  }

  private static RecordValidation failed(String id) {
    return new RecordValidation(
        id, 1, Phase.BEFORE, false, List.of(new GateOutcome("scan", GateEnd.FAILED)));
  }
}
