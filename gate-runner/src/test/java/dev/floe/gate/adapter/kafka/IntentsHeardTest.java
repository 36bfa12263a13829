package dev.floe.gate.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.gate.domain.GateCommand;
import dev.floe.gate.domain.GateCommand.StopGates;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Recorded;
import dev.floe.messaging.Envelope;
import dev.floe.messaging.feed.Fact;
import dev.floe.messaging.feed.Outgoing;
import dev.floe.promotion.v1.PromotionCancelled;
import dev.floe.promotion.v1.PromotionFailed;
import java.time.Instant;
import java.util.List;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.Test;

class IntentsHeardTest {

  private static final String ID = "req-1";

  @Test
  void a_cancelled_promotion_stops_its_gates_in_the_name_of_who_cancelled_it() {
    assertThat(hear(new PromotionCancelled(ID, "v1.0.0", "d", "dev", "staging", "changed my mind")))
        .containsExactly(
            stop(
                "cancelled",
                "ada@acme.com cancelled the promotion, so the gate was stopped with every process"
                    + " it had started."));
  }

  @Test
  void a_promotion_that_failed_stops_what_still_runs_for_it() {
    assertThat(
            hear(new PromotionFailed(ID, "v1.0.0", "d", "dev", "staging", "timed-out", "late", "")))
        .containsExactly(
            stop(
                "promotion ended",
                "The promotion ended (timed-out), so the gate was stopped with every process it had"
                    + " started."));
  }

  private static Outgoing<GateCommand> stop(String reason, String message) {
    return new Outgoing<>("stop-gates", "floe-platform", new StopGates(ID, reason, message));
  }

  private static List<Outgoing<GateCommand>> hear(IndexedRecord body) {
    Instant now = Instant.EPOCH;
    Actor ada = Actor.user("ada@acme.com");
    String type = body.getSchema().getFullName();
    var envelope =
        new Envelope(
            "e", type, "/floe/promotion-service", ID, now, ID, null, ada, null, null, null, null);
    return new IntentsHeard()
        .react(
            new Fact(
                "floe.promotion.events",
                envelope,
                new Recorded<>("e", "floe-platform", 1, now, ada, "c", body)));
  }
}
