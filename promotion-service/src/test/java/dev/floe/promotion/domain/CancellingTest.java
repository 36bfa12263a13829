package dev.floe.promotion.domain;

import static dev.floe.promotion.domain.Line.ask;
import static dev.floe.promotion.domain.Line.copied;
import static dev.floe.promotion.domain.Line.digest;
import static dev.floe.promotion.domain.Line.passed;
import static dev.floe.promotion.domain.Line.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.Version;
import dev.floe.promotion.domain.message.PromotionCommand.CancelPromotion;
import dev.floe.promotion.domain.message.PromotionEvent.CommandRefused;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionCancelled;
import dev.floe.promotion.domain.message.PromotionEvent.ValidationStarted;
import org.junit.jupiter.api.Test;

class CancellingTest {

  private final Line line =
      Line.under(Manifests.parse(Manifests.THREE_STEPS + "access: {override: [platform-leads]}\n"))
          .published("v1.2.3")
          .published("v1.2.4");

  @Test
  void ends_a_promotion_whose_gates_run() {
    String id = line.requested("v1.2.3", "staging");

    line.when(cancel(id))
        .outcome()
        .then(
            new PromotionCancelled(
                id,
                Version.parse("v1.2.3"),
                digest("v1.2.3"),
                "dev",
                "staging",
                "changed my mind"));
  }

  @Test
  void lets_the_next_one_go() {
    String id = line.requested("v1.2.3", "staging");
    line.requested(ask("v1.2.4", "staging").queueing());

    line.when(cancel(id)).happens(PromotionCancelled.class, ValidationStarted.class);
  }

  @Test
  void takes_a_queued_one_out_of_the_queue() {
    String first = line.requested("v1.2.3", "staging");
    String queued = line.requested(ask("v1.2.4", "staging").queueing());
    line.when(cancel(queued)).happens(PromotionCancelled.class);

    line.when(cancel(first)).happens(PromotionCancelled.class);
  }

  @Test
  void ends_one_that_waits_for_people_or_has_their_word() {
    line.promoted("v1.2.3", "staging").promoted("v1.2.4", "staging");

    line.when(cancel(line.awaiting("v1.2.3"))).happens(PromotionCancelled.class);
    line.when(cancel(line.approved("v1.2.4"))).happens(PromotionCancelled.class);
  }

  @Test
  void comes_too_late_once_bytes_move() {
    String id = line.requested("v1.2.3", "staging");
    line.when(passed(id, 1)).accepted();

    line.when(cancel(id)).refused("too-late-to-cancel");
    line.when(copied(id, 2)).accepted();
    line.when(cancel(id)).refused("too-late-to-cancel");
  }

  @Test
  void changes_nothing_about_one_that_is_over() {
    String id = line.requested("v1.2.3", "staging");
    line.when(passed(id, 1)).accepted();
    line.when(copied(id, 2)).accepted();
    line.when(tagged(id, 3)).accepted();

    var refused = line.when(cancel(id)).refused("already-ended");
    assertThat(refused.firstReason().message()).endsWith("has already ended: succeeded.");
    line.when(cancel("req-unknown")).refused("unknown-promotion");
  }

  @Test
  @Requirement("330.9")
  void is_for_the_requester_and_those_who_may_override() {
    String id = line.requested("v1.2.3", "staging");

    var refused = line.by("eve@acme.com").when(cancel(id)).refused("not-authorised");
    assertThat(refused.the(CommandRefused.class).promotion()).isEqualTo(id);
    line.by("ada@acme.com").when(cancel(id)).happens(PromotionCancelled.class);
  }

  private static CancelPromotion cancel(String id) {
    return new CancelPromotion(id, "changed my mind");
  }
}
