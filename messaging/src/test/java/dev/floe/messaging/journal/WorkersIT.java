package dev.floe.messaging.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.floe.kernel.Recorded;
import dev.floe.kernel.Requirement;
import dev.floe.messaging.Shelf.Command;
import dev.floe.messaging.Shelf.Command.Put;
import dev.floe.messaging.Shelf.Command.Tick;
import dev.floe.messaging.Shelf.Command.WakeAt;
import dev.floe.messaging.Shelf.Event;
import dev.floe.messaging.Shelf.Event.AlarmSet;
import dev.floe.messaging.Shelf.Event.ItemPut;
import dev.floe.messaging.Shelf.Event.Rang;
import dev.floe.messaging.Shelf.State;
import dev.floe.messaging.journal.FaultyProducers.Fault;
import dev.floe.messaging.journal.Instance.Setup;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What hangs on a journal: workers that hear of facts, and deadlines. */
class WorkersIT {

  private final JournalPlace place = Instance.KAFKA.place(1, 1);
  private final List<String> heard = new CopyOnWriteArrayList<>();

  private final JournalObserver<State, Event> worker =
      new JournalObserver<>() {
        @Override
        public void assigned(int partition, Map<String, State> states) {
          heard.add("assigned %d %s".formatted(partition, states.keySet()));
        }

        @Override
        public void recorded(List<Recorded<Event>> facts) {
          facts.forEach(fact -> heard.add("recorded %d".formatted(fact.sequence())));
        }

        @Override
        public void revoked(int partition) {
          heard.add("revoked %d".formatted(partition));
        }
      };

  @Test
  void a_worker_hears_what_it_takes_over_what_is_recorded_and_when_it_ends() {
    try (Instance first = Instance.start(place)) {
      first.ask("cups", new Put("cup"));
    }
    try (Instance second = Instance.start(place, Setup.usual().with(worker))) {
      second.ask("cups", new Put("cup"));
    }

    assertThat(heard).containsExactly("assigned 0 [cups]", "recorded 2", "revoked 0");
  }

  @Test
  void after_an_uncertain_commit_a_worker_is_told_anew_what_there_is() {
    var lost = new AtomicBoolean();
    var faulty = new FaultyProducers(_ -> lost.getAndSet(true) ? Fault.NONE : Fault.ANSWER_LOST);
    try (Instance instance = Instance.start(place, Setup.usual().with(worker).with(faulty))) {
      instance.ask("cups", new Put("cup"));

      await()
          .untilAsserted(
              () ->
                  assertThat(heard)
                      .containsExactly("assigned 0 []", "revoked 0", "assigned 0 [cups]"));
    }
  }

  @Test
  @Requirement("329.7")
  void a_deadline_that_passed_while_everything_was_down_fires_at_once() {
    try (Instance first = Instance.start(place)) {
      first.ask("cups", new WakeAt(Instant.parse("2020-01-01T00:00:00Z")));
      first.ask("jugs", new WakeAt(Instant.parse("2999-01-01T00:00:00Z")));
    }
    try (Instance second = Instance.start(place);
        Ticker<Command, State> _ =
            Ticker.start(
                second.journal(),
                state -> Optional.ofNullable(state.alarm()),
                new Tick(),
                Duration.ofMillis(50),
                InstantSource.system())) {
      await()
          .untilAsserted(
              () ->
                  assertThat(Instance.log(place))
                      .extracting(Recorded::event)
                      .containsExactly(
                          new AlarmSet(Instant.parse("2020-01-01T00:00:00Z")),
                          new AlarmSet(Instant.parse("2999-01-01T00:00:00Z")),
                          new Rang()));
    }
    Recorded<Event> rang = Instance.log(place).getLast();
    assertThat(rang.by().name()).isEqualTo(place.service());
    assertThat(rang.subject()).isEqualTo("cups");
  }

  @Test
  void two_journals_of_one_service_share_its_commands_by_key() {
    JournalPlace shared = Instance.KAFKA.place(3, 3);
    JournalPlace narrow = Instance.KAFKA.place(3, 1);
    var main =
        new JournalPlace(
            shared.service(), "", shared.commands(), shared.events(), key -> !key.equals("one"));
    var other =
        new JournalPlace(
            shared.service(), "one", shared.commands(), narrow.events(), "one"::equals);
    try (Instance many = Instance.start(main);
        Instance one = Instance.start(other)) {
      assertThat(many.ask("cups", new Put("cup")).facts()).hasSize(1);
      assertThat(one.ask("one", new Put("jug")).facts()).hasSize(1);
      assertThat(one.journal().owned()).containsOnlyKeys("one");
    }
    assertThat(Instance.log(main)).extracting(Recorded::event).containsExactly(new ItemPut("cup"));
    assertThat(Instance.log(other)).extracting(Recorded::event).containsExactly(new ItemPut("jug"));
    try (Instance again = Instance.start(other)) {
      assertThat(again.ask("one", new Put("pan")).facts().getFirst().sequence()).isEqualTo(2);
    }
  }
}
