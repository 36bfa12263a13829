package dev.floe.messaging.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.kernel.Journal.Halted;
import dev.floe.kernel.Requirement;
import dev.floe.messaging.Envelope.Numbers;
import dev.floe.messaging.Shelf.Command.Put;
import dev.floe.messaging.Shelf.Event.ItemPut;
import dev.floe.messaging.Shelf.State;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rule 6: an event's numbers decide whether it is one. */
@Requirement("330.7")
class ZombieEventsIT {

  private final JournalPlace place = Instance.KAFKA.place(1, 1);

  @Test
  void an_event_whose_number_was_taken_is_void() {
    try (Instance first = Instance.start(place)) {
      first.ask("cups", new Put("cup"));
    }
    write("cups", new Numbers(1, 1));

    try (Instance second = Instance.start(place)) {
      assertThat(second.journal().state("cups")).contains(new State(Map.of("cup", 1), null));
      assertThat(second.ask("cups", new Put("jug")).facts().getFirst().sequence()).isEqualTo(2);
    }
  }

  @Test
  void an_event_of_a_writer_that_was_replaced_is_void() {
    for (int i = 0; i < 2; i++) {
      try (Instance instance = Instance.start(place)) {
        instance.ask("cups", new Put("cup"));
      }
    }
    write("cups", new Numbers(3, 1));

    try (Instance second = Instance.start(place)) {
      assertThat(second.journal().state("cups")).contains(new State(Map.of("cup", 2), null));
    }
  }

  @Test
  void a_gap_halts_its_subject_and_no_other() {
    try (Instance first = Instance.start(place)) {
      first.ask("cups", new Put("cup"));
    }
    write("cups", new Numbers(3, 1));

    try (Instance second = Instance.start(place)) {
      assertThat(second.journal().halted().get("cups")).contains("expected event 2", "found 3");
      assertThat(second.journal().owned()).doesNotContainKey("cups");
      assertThatThrownBy(() -> second.ask("cups", new Put("cup"))).hasCauseInstanceOf(Halted.class);
      assertThat(second.ask("jugs", new Put("jug")).accepted()).isTrue();
    }
  }

  private void write(String subject, Numbers numbers) {
    try (RawProducer zombie = RawProducer.plain()) {
      zombie.send(zombie.event(place, subject, new ItemPut("ghost"), numbers, null));
    }
  }
}
