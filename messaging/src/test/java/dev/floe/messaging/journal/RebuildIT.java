package dev.floe.messaging.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.floe.kernel.Requirement;
import dev.floe.messaging.Envelope.Numbers;
import dev.floe.messaging.Shelf;
import dev.floe.messaging.Shelf.Command.Put;
import dev.floe.messaging.Shelf.Event;
import dev.floe.messaging.Shelf.Event.ItemPut;
import dev.floe.messaging.Shelf.State;
import dev.floe.messaging.journal.Instance.Setup;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Rules 2 and 3: what is committed is folded completely, and before anything is decided. */
@Requirement("330.1")
class RebuildIT {

  @Test
  void state_is_what_the_events_say_after_a_restart() {
    JournalPlace place = Instance.KAFKA.place();
    try (Instance first = Instance.start(place)) {
      first.ask("cups", new Put("cup"));
      first.ask("cups", new Put("cup"));
      first.ask("jugs", new Put("jug"));
    }

    try (Instance second = Instance.start(place)) {
      assertThat(second.journal().owned())
          .isEqualTo(
              Map.of(
                  "cups", new State(Map.of("cup", 2), null),
                  "jugs", new State(Map.of("jug", 1), null)));
      assertThat(second.ask("cups", new Put("cup")).facts().getFirst().sequence()).isEqualTo(3);
    }
  }

  @Test
  void committed_events_behind_another_ones_open_transaction_are_folded_too() {
    JournalPlace place = Instance.KAFKA.place();
    try (Instance first = Instance.start(place);
        RawProducer stranger = RawProducer.inTransaction("stranger-" + place.service(), 60_000)) {
      stranger.send(stranger.event(place, "cups", new ItemPut("never"), new Numbers(1, 1), null));
      first.ask("cups", new Put("cup"));
      first.stop();

      // A committed reader is shown an empty topic; the high watermark says there is more.
      try (Instance second = Instance.begin(place, Setup.usual())) {
        await()
            .during(Duration.ofSeconds(1))
            .atMost(Duration.ofSeconds(5))
            .untilAsserted(() -> assertThat(second.journal().isReady()).isFalse());
        endOf(stranger, place);
        second.awaitReady();

        assertThat(second.journal().state("cups")).contains(new State(Map.of("cup", 1), null));
      }
    }
  }

  /** The next of the same id ends it, as the broker would after its time-out. */
  private static void endOf(RawProducer stranger, JournalPlace place) {
    stranger.stop();
    RawProducer.inTransaction("stranger-" + place.service(), 60_000).close();
  }

  @Test
  void a_rebuild_longer_than_the_poll_interval_keeps_the_partition() {
    JournalPlace place = Instance.KAFKA.place();
    try (Instance first = Instance.start(place)) {
      first.ask("cups", new Put("cup"));
    }
    var slow = new Shelf(RebuildIT::wait3s);
    var assigned = new AtomicInteger();
    var revoked = new AtomicInteger();
    Setup setup =
        Setup.usual()
            .with(Shelf.rules(slow))
            .with(
                new JournalTiming(
                    Duration.ofSeconds(10), Duration.ofSeconds(6), Duration.ofSeconds(2)))
            .with(counting(assigned, revoked));

    try (Instance second = Instance.start(place, setup)) {
      assertThat(assigned).hasValue(place.commands().partitions());
      assertThat(revoked).hasValue(0);
      assertThat(second.journal().owned()).containsKey("cups");
      assertThat(second.ask("jugs", new Shelf.Command.Clear()).accepted()).isTrue();
    }
  }

  private static void wait3s(Event event) {
    try {
      assertThat(new CountDownLatch(1).await(3, TimeUnit.SECONDS)).isFalse();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  static JournalObserver<State, Event> counting(AtomicInteger assigned, AtomicInteger revoked) {
    return new JournalObserver<>() {
      @Override
      public void assigned(int partition, Map<String, State> states) {
        assigned.incrementAndGet();
      }

      @Override
      public void revoked(int partition) {
        revoked.incrementAndGet();
      }
    };
  }
}
