package dev.floe.promotion.domain;

import static dev.floe.promotion.domain.Line.ask;
import static dev.floe.promotion.domain.Line.copied;
import static dev.floe.promotion.domain.Line.passed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.promotion.domain.message.ApprovalOutcome;
import dev.floe.promotion.domain.message.PromotionCommand.CancelPromotion;
import dev.floe.promotion.domain.message.PromotionCommand.RecordApproval;
import dev.floe.promotion.domain.message.PromotionCommand.RecordCopy;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionRequested;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionStarted;
import dev.floe.promotion.domain.message.PromotionEvent.ValidationPassed;
import dev.floe.promotion.domain.message.PromotionEvent.ValidationStarted;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryTest {

  private final Line line = Line.under(Manifests.threeSteps()).published("v1.2.3");

  @Test
  void goes_on_after_the_gates_that_passed() {
    String failed = failedCopy();

    var played = line.when(ask("v1.2.3", "staging").retrying(failed));

    played.happens(PromotionRequested.class, PromotionStarted.class);
    assertThat(played.promotion()).isNotEqualTo(failed);
    assertThat(played.the(PromotionRequested.class).retryOf()).isEqualTo(failed);
    line.when(copied(played.promotion(), 1)).accepted();
  }

  @Test
  void needs_results_that_still_hold() {
    String failed = failedCopy();

    line.later(Duration.ofDays(1))
        .when(ask("v1.2.3", "staging").retrying(failed))
        .refused("not-retryable");
  }

  @Test
  void of_a_retry_does_not_make_old_results_young() {
    String failed = failedCopy();
    line.later(Duration.ofHours(20));
    String second = line.requested(ask("v1.2.3", "staging").retrying(failed));
    line.when(brokenCopy(second, 1)).accepted();

    line.when(ask("v1.2.3", "staging").retrying(second)).accepted();
    String third = failedAgain();
    line.later(Duration.ofHours(5))
        .when(ask("v1.2.3", "staging").retrying(third))
        .refused("not-retryable");
  }

  private String failedAgain() {
    // The open retry is told by asking once more: it is that promotion.
    var open = line.when(ask("v1.2.3", "staging")).line().openPromotions().getFirst();
    line.when(brokenCopy(open.id(), 1)).accepted();
    return open.id();
  }

  @Test
  void is_for_the_same_version_and_environment_under_the_same_rules() {
    String failed = failedCopy();
    line.published("v1.2.4");

    line.when(ask("v1.2.4", "staging").retrying(failed)).refused("not-retryable");
    line.nowUnder(Manifests.withoutGates())
        .when(ask("v1.2.3", "staging").retrying(failed))
        .refused("not-retryable");
  }

  @Test
  void is_for_promotions_that_failed_after_their_gates() {
    String cancelled = line.requested("v1.2.3", "staging");
    line.when(new CancelPromotion(cancelled, "")).accepted();
    line.when(ask("v1.2.3", "staging").retrying(cancelled)).refused("not-retryable");

    String running = line.requested("v1.2.3", "staging");
    line.when(ask("v1.2.3", "staging").retrying(running)).changesNothing();
  }

  @Test
  void does_not_overrule_a_denial() {
    line.promoted("v1.2.3", "staging");
    String denied = line.awaiting("v1.2.3");
    line.when(new RecordApproval(denied, ApprovalOutcome.DENIED, List.of(), "cleo", "", null))
        .accepted();

    line.when(ask("v1.2.3", "prod").requestingApproval().retrying(denied)).refused("not-retryable");
  }

  @Test
  void takes_a_new_approval_because_the_old_one_is_used_up() {
    line.promoted("v1.2.3", "staging");
    String failed = line.approved("v1.2.3");
    line.when(ask("v1.2.3", "prod")).accepted();
    line.when(brokenCopy(failed, 2)).accepted();

    line.when(ask("v1.2.3", "prod").retrying(failed)).refused("approval-needed");
    var retried = line.when(ask("v1.2.3", "prod").requestingApproval().retrying(failed));
    retried.happens(PromotionRequested.class, ValidationPassed.class);
    assertThat(retried.the(ValidationPassed.class).approval()).isNotNull();
    line.when(line.approval(retried.promotion())).accepted();
    line.when(ask("v1.2.3", "prod")).happens(PromotionStarted.class);
  }

  @Test
  void without_the_word_runs_the_gates_anew() {
    assertThat(failedCopy()).startsWith("req-");

    line.when(ask("v1.2.3", "staging")).happens(PromotionRequested.class, ValidationStarted.class);
  }

  private String failedCopy() {
    String id = line.requested("v1.2.3", "staging");
    line.when(passed(id, 1)).accepted();
    line.when(brokenCopy(id, 2)).accepted();
    return id;
  }

  private static RecordCopy brokenCopy(String id, int intent) {
    return new RecordCopy(id, intent, false, "registry-unreachable", "It is down.", 0);
  }
}
