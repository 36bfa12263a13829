package dev.floe.promotion.domain;

import static dev.floe.promotion.domain.Line.ask;
import static dev.floe.promotion.domain.Line.copied;
import static dev.floe.promotion.domain.Line.passed;
import static dev.floe.promotion.domain.Line.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Requirement;
import dev.floe.promotion.domain.course.Ticking;
import dev.floe.promotion.domain.line.ReleaseLine;
import dev.floe.promotion.domain.message.PromotionCommand.RecordLapse;
import dev.floe.promotion.domain.message.PromotionCommand.Tick;
import dev.floe.promotion.domain.message.PromotionEvent;
import dev.floe.promotion.domain.message.PromotionEvent.IntentEvent;
import dev.floe.promotion.domain.message.PromotionEvent.PostValidationStarted;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionFailed;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionStarted;
import dev.floe.promotion.domain.message.PromotionEvent.TaggingStarted;
import dev.floe.promotion.domain.message.PromotionEvent.ValidationStarted;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TimeTest {

  private final Line line = Line.under(Manifests.threeSteps()).published("v1.2.3");

  @Nested
  class An_intent_that_nobody_took_up {

    @Test
    void is_given_out_again_under_the_next_number() {
      String id = line.requested("v1.2.3", "staging");
      line.later(Duration.ofMinutes(11));

      lapses(id, 1, ValidationStarted.class);
      line.when(passed(id, 1)).changesNothing();
      line.when(passed(id, 2)).accepted();
      lapses(id, 3, PromotionStarted.class);
      line.when(copied(id, 4)).accepted();
      lapses(id, 5, TaggingStarted.class);
      line.when(tagged(id, 6)).accepted();
    }

    @Test
    void after_the_tags_is_given_out_again_too() {
      Line verified =
          Line.under(Manifests.withPostValidation())
              .published("v1.2.3")
              .promoted("v1.2.3", "staging");
      String id = verified.approved("v1.2.3");
      verified.when(ask("v1.2.3", "prod")).accepted();
      verified.when(copied(id, 2)).accepted();
      verified.when(tagged(id, 3)).accepted();

      verified.when(new RecordLapse(id, 4)).happens(PostValidationStarted.class);
    }

    @Test
    void is_given_out_three_times_more_and_not_for_ever() {
      String id = line.requested("v1.2.3", "staging");
      lapses(id, 1, ValidationStarted.class);
      lapses(id, 2, ValidationStarted.class);
      lapses(id, 3, ValidationStarted.class);

      var failed = line.when(new RecordLapse(id, 4)).happens(PromotionFailed.class);
      assertThat(failed.the(PromotionFailed.class).cause()).isEqualTo("timed-out");
    }

    @Test
    void counts_anew_for_each_step() {
      String id = line.requested("v1.2.3", "staging");
      lapses(id, 1, ValidationStarted.class);
      lapses(id, 2, ValidationStarted.class);
      line.when(passed(id, 3)).accepted();
      lapses(id, 4, PromotionStarted.class);
      lapses(id, 5, PromotionStarted.class);
      lapses(id, 6, PromotionStarted.class);
    }

    private void lapses(String id, int intent, Class<? extends PromotionEvent> again) {
      var played = line.when(new RecordLapse(id, intent)).happens(again);
      var event = (IntentEvent) played.the(again);
      assertThat(event.intent()).isEqualTo(intent + 1);
      assertThat(event.actBefore()).isAfterOrEqualTo(line.now().plus(Duration.ofMinutes(5)));
    }
  }

  @Nested
  class A_worker_that_never_answers {

    @Test
    void is_given_up_a_minute_after_its_deadline() {
      String id = line.requested("v1.2.3", "staging");
      line.when(passed(id, 1)).accepted();

      line.later(Duration.ofMinutes(16).minusSeconds(1)).when(new Tick()).changesNothing();
      var failed =
          line.later(Duration.ofSeconds(1)).when(new Tick()).happens(PromotionFailed.class);
      assertThat(failed.the(PromotionFailed.class).cause()).isEqualTo("timed-out");
    }

    @Test
    void lets_the_queue_go_on() {
      line.published("v1.2.4").requested("v1.2.3", "staging");
      line.requested(ask("v1.2.4", "staging").queueing());

      line.later(Duration.ofMinutes(11))
          .when(new Tick())
          .happens(PromotionFailed.class, ValidationStarted.class);
    }

    @Test
    void changes_nothing_when_it_answers_after_all() {
      String id = line.requested("v1.2.3", "staging");
      line.later(Duration.ofHours(1)).when(new Tick()).accepted();

      line.when(passed(id, 1)).changesNothing();
    }
  }

  @Test
  @Requirement("329.7")
  void an_approval_service_that_never_answers_is_given_up() {
    line.promoted("v1.2.3", "staging").awaiting("v1.2.3");

    line.later(Duration.ofDays(8)).when(new Tick()).changesNothing();
    var failed = line.later(Duration.ofDays(7)).when(new Tick()).happens(PromotionFailed.class);
    assertThat(failed.the(PromotionFailed.class).cause()).isEqualTo("approval-expired");
  }

  @Test
  @Requirement("329.7")
  void a_queued_promotions_approval_expires_too() {
    line.published("v1.2.4").promoted("v1.2.3", "staging").promoted("v1.2.4", "staging");
    line.approved("v1.2.3");
    line.later(Duration.ofDays(7).minusMinutes(1));
    line.requested(ask("v1.2.4", "prod").requestingApproval());
    line.when(ask("v1.2.3", "prod")).accepted();

    var failed = line.later(Duration.ofMinutes(2)).when(new Tick()).happens(PromotionFailed.class);
    assertThat(failed.the(PromotionFailed.class).cause()).isEqualTo("approval-expired");
  }

  @Nested
  class The_next_tick {

    @Test
    void is_not_due_while_nothing_is_open() {
      assertThat(Ticking.nextDue(ReleaseLine.EMPTY)).isEmpty();
    }

    @Test
    void is_due_when_the_first_deadline_has_passed() {
      var played = line.when(ask("v1.2.3", "staging"));

      assertThat(Ticking.nextDue(played.line()))
          .contains(played.the(ValidationStarted.class).actBefore().plus(Duration.ofMinutes(1)));
    }

    @Test
    void is_due_when_an_approval_expires() {
      line.promoted("v1.2.3", "staging");
      var played = line.when(line.approval(line.awaiting("v1.2.3")));

      assertThat(Ticking.nextDue(played.line())).contains(line.now().plus(Duration.ofDays(7)));
    }
  }

  @Test
  void nobody_else_can_let_time_pass() {
    line.when(Actor.user("eve@acme.com"), new Tick()).refused("not-authorised");
  }
}
