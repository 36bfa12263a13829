package dev.floe.messaging.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Recorded;
import dev.floe.messaging.Shelf;
import dev.floe.messaging.Shelf.Command;
import dev.floe.messaging.Shelf.Command.Explode;
import dev.floe.messaging.Shelf.Command.Put;
import dev.floe.messaging.Shelf.Command.PutAll;
import dev.floe.messaging.Shelf.Command.Take;
import dev.floe.messaging.Shelf.Event;
import dev.floe.messaging.Shelf.Event.ItemPut;
import dev.floe.messaging.Shelf.Event.TakeRefused;
import dev.floe.messaging.Shelf.State;
import dev.floe.messaging.journal.DecisionHost.Outcome;
import dev.floe.messaging.journal.DecisionHost.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AxonDeciderTest {

  private static final Actor ADA = Actor.user("ada@acme.com");

  private final List<Event> evolved = new ArrayList<>();
  private final AxonDecider<Command, State, Event> axon =
      new AxonDecider<>(new Shelf(evolved::add));

  @AfterEach
  void stop() {
    axon.close();
  }

  private static Asked<Command> asked(String subject, Command command) {
    return new Asked<>("command", subject, Instant.EPOCH, ADA, command);
  }

  private static Stamp<Event> stamp(String subject) {
    return (index, event) ->
        new Recorded<>("e" + index, subject, index + 1L, Instant.EPOCH, ADA, "command", event);
  }

  private static State shelf(Map<String, Integer> items) {
    return new State(items, null);
  }

  @Test
  void what_is_decided_comes_back_stamped_with_the_state_it_leads_to() {
    Outcome<State, Event> outcome =
        axon.handle(
            shelf(Map.of("cup", 1)), asked("s", new PutAll(List.of("cup", "jug"))), stamp("s"));

    assertThat(outcome)
        .isEqualTo(
            DecisionHost.direct(new Shelf())
                .handle(
                    shelf(Map.of("cup", 1)),
                    asked("s", new PutAll(List.of("cup", "jug"))),
                    stamp("s")));
    assertThat(outcome.state()).isEqualTo(shelf(Map.of("cup", 2, "jug", 1)));
    assertThat(outcome.facts()).hasSize(2);
  }

  @Test
  void a_refusal_is_a_value_with_its_fact() {
    Outcome<State, Event> outcome =
        axon.handle(shelf(Map.of()), asked("s", new Take("cup")), stamp("s"));

    assertThat(outcome.decision())
        .isEqualTo(
            Decision.refuse(
                List.of(new dev.floe.kernel.Refusal("not-there", "There is no cup.", "Put one.")),
                new TakeRefused("cup")));
    assertThat(outcome.facts()).hasSize(1);
  }

  @Test
  void however_long_the_history_only_new_events_are_folded() {
    axon.handle(shelf(Map.of("cup", 1_000)), asked("s", new Put("jug")), stamp("s"));

    assertThat(evolved).containsExactly(new ItemPut("jug"));
  }

  @Test
  void a_fault_in_the_rules_comes_out_as_it_is_and_leaves_nothing_behind() {
    assertThatThrownBy(() -> axon.handle(shelf(Map.of()), asked("s", new Explode()), stamp("s")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the shelf exploded");

    assertThat(axon.handle(shelf(Map.of()), asked("s", new Put("cup")), stamp("s")).facts())
        .hasSize(1);
  }

  /** With Axon's default sink the command would be answered and the event kept in memory. */
  @Test
  void every_decided_event_reaches_the_journals_engine_and_stays_nowhere_else() {
    for (int i = 0; i < 3; i++) {
      Outcome<State, Event> outcome =
          axon.handle(shelf(Map.of()), asked("s", new Put("cup")), stamp("s"));

      assertThat(outcome.facts()).extracting(Recorded::event).containsExactly(new ItemPut("cup"));
      assertThat(outcome.state()).isEqualTo(shelf(Map.of("cup", 1)));
    }
  }

  @Test
  void commands_on_many_threads_do_not_see_each_other() throws Exception {
    try (var shared = new AxonDecider<>(new Shelf());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<State>> calls = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String item = "item-" + i;
        calls.add(
            () ->
                shared
                    .handle(shelf(Map.of(item, 1)), asked(item, new Put(item)), stamp(item))
                    .state());
      }
      List<Future<State>> states = threads.invokeAll(calls);
      for (int i = 0; i < states.size(); i++) {
        assertThat(states.get(i).get()).isEqualTo(shelf(Map.of("item-" + i, 2)));
      }
    }
  }
}
