package dev.floe.messaging.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Journal.Answer;
import dev.floe.kernel.Recorded;
import dev.floe.kernel.Requirement;
import dev.floe.messaging.Ids;
import dev.floe.messaging.Shelf.Command;
import dev.floe.messaging.Shelf.Command.Clear;
import dev.floe.messaging.Shelf.Command.Put;
import dev.floe.messaging.Shelf.Command.PutAll;
import dev.floe.messaging.Shelf.Command.Take;
import dev.floe.messaging.Shelf.Event;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Rule 6: the same command id has one effect, whoever owns the partition by then. */
@Requirement("330.1")
class RepeatedCommandIT {

  @Test
  void a_repeat_after_a_restart_gets_the_answer_of_the_first_time_from_its_events() {
    JournalPlace place = Instance.KAFKA.place(1, 1);
    Map<String, Command> commands = new TreeMap<>();
    for (int i = 0; i < 5; i++) {
      commands.put(Ids.random(), new PutAll(List.of("cup-" + i, "jug-" + i)));
      commands.put(Ids.random(), new Take("nothing-" + i));
    }
    Map<String, Answer<Event>> answers = new TreeMap<>();
    try (Instance first = Instance.start(place)) {
      commands.forEach((id, command) -> answers.put(id, first.ask(id, "cups", command)));
      first.ask("mugs", new Put("mug"));
    }
    int written = Instance.log(place).size();

    try (Instance second = Instance.start(place)) {
      commands.forEach(
          (id, command) -> assertThat(second.ask(id, "cups", command)).isEqualTo(answers.get(id)));
    }
    assertThat(Instance.log(place)).hasSize(written);
  }

  @Test
  void the_same_record_twice_in_one_batch_has_one_effect() {
    JournalPlace place = Instance.KAFKA.place(1, 1);
    String id = Ids.random();
    try (RawProducer raw = RawProducer.plain()) {
      var record = raw.command(place, id, "cups", new Put("cup"));
      raw.send(record);
      raw.send(record);
    }

    try (Instance instance = Instance.start(place)) {
      assertThat(instance.ask(id, "cups", new Put("cup")).facts()).hasSize(1);
      assertThat(instance.ask("cups", new Put("jug")).facts().getFirst().sequence()).isEqualTo(2);
    }
  }

  /** A stranger may copy any record of the topic, its token too, and write it again. */
  @Test
  void a_copied_record_of_a_command_that_changed_nothing_changes_nothing_later() {
    JournalPlace place = Instance.KAFKA.place(1, 1);
    String id = Ids.random();
    try (RawProducer raw = RawProducer.plain()) {
      var record = raw.command(place, id, "cups", new Clear());
      try (Instance first = Instance.start(place)) {
        raw.send(record);
        first.ask("cups", new Put("cup"));
        raw.send(record);
        assertThat(first.ask("cups", new Take("cup")).accepted()).isTrue();
        first.ask("cups", new Put("jug"));
      }
      raw.send(record);

      try (Instance heir = Instance.start(place)) {
        raw.send(record);
        assertThat(heir.ask("cups", new Take("jug")).accepted()).isTrue();
        assertThat(heir.ask(id, "cups", new Clear())).isEqualTo(new Answer<>(List.of(), List.of()));
      }
    }
    assertThat(Instance.log(place)).extracting(Recorded::event).doesNotContain(new Event.Cleared());
  }
}
