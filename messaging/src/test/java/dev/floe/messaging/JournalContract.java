package dev.floe.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Journal;
import dev.floe.kernel.Journal.Answer;
import dev.floe.kernel.Recorded;
import dev.floe.kernel.Refusal;
import dev.floe.messaging.Shelf.Command;
import dev.floe.messaging.Shelf.Command.Clear;
import dev.floe.messaging.Shelf.Command.Explode;
import dev.floe.messaging.Shelf.Command.Put;
import dev.floe.messaging.Shelf.Command.PutAll;
import dev.floe.messaging.Shelf.Command.Take;
import dev.floe.messaging.Shelf.Event;
import dev.floe.messaging.Shelf.Event.ItemPut;
import dev.floe.messaging.Shelf.Event.TakeRefused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every journal promises, whatever keeps its events. */
public abstract class JournalContract {

  protected static final Actor ADA = Actor.user("ada@acme.com");

  /** The journal under test. */
  protected abstract Journal<Command, Event> journal();

  /** A subject that nobody has used before. */
  protected String subject() {
    return Ids.random();
  }

  protected Answer<Event> ask(String id, String subject, Command command) {
    return journal().submit(new Asked<>(id, subject, Instant.EPOCH, ADA, command)).join();
  }

  protected Answer<Event> ask(String subject, Command command) {
    return ask(Ids.random(), subject, command);
  }

  @Test
  void an_accepted_command_is_answered_with_what_was_recorded() {
    String subject = subject();
    String id = Ids.random();

    Answer<Event> answer = ask(id, subject, new PutAll(List.of("cup", "jug")));

    assertThat(answer.accepted()).isTrue();
    assertThat(answer.facts())
        .extracting(Recorded::event)
        .containsExactly(new ItemPut("cup"), new ItemPut("jug"));
    assertThat(answer.facts()).extracting(Recorded::sequence).containsExactly(1L, 2L);
    assertThat(answer.facts())
        .allSatisfy(
            fact -> {
              assertThat(fact.subject()).isEqualTo(subject);
              assertThat(fact.cause()).isEqualTo(id);
              assertThat(fact.by()).isEqualTo(ADA);
            });
  }

  @Test
  void a_refusal_is_a_recorded_fact_with_its_reasons() {
    Answer<Event> answer = ask(subject(), new Take("cup"));

    assertThat(answer.because()).isEqualTo(Shelf.because("cup"));
    assertThat(answer.facts()).extracting(Recorded::event).containsExactly(new TakeRefused("cup"));
  }

  @Test
  void the_same_command_twice_has_one_effect_and_the_same_answer() {
    String subject = subject();
    String id = Ids.random();
    Answer<Event> first = ask(id, subject, new Put("cup"));
    Answer<Event> between = ask(subject, new Put("jug"));

    Answer<Event> second = ask(id, subject, new Put("cup"));

    assertThat(second).isEqualTo(first);
    assertThat(between.facts().getLast().sequence()).isEqualTo(2);
    assertThat(ask(subject, new Put("pan")).facts().getLast().sequence()).isEqualTo(3);
  }

  @Test
  void a_refusal_asked_again_is_refused_for_the_same_reasons() {
    String subject = subject();
    String id = Ids.random();
    Answer<Event> first = ask(id, subject, new Take("cup"));
    ask(subject, new Put("cup"));

    assertThat(ask(id, subject, new Take("cup"))).isEqualTo(first);
  }

  @Test
  void a_command_that_changed_nothing_is_not_decided_again_when_it_would_change_something() {
    String subject = subject();
    String id = Ids.random();
    Answer<Event> first = ask(id, subject, new Clear());
    ask(subject, new Put("cup"));

    assertThat(first.facts()).isEmpty();
    assertThat(ask(id, subject, new Clear())).isEqualTo(first);
    assertThat(ask(subject, new Take("cup")).accepted()).isTrue();
  }

  @Test
  void commands_on_one_subject_are_decided_one_after_the_other() {
    String subject = subject();
    List<CompletableFuture<Answer<Event>>> answers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      answers.add(
          journal().submit(new Asked<>(Ids.random(), subject, Instant.EPOCH, ADA, new Put("cup"))));
    }

    assertThat(answers)
        .extracting(answer -> answer.join().facts().getFirst().sequence())
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 100).boxed().toList());
  }

  @Test
  void a_command_that_cannot_be_decided_is_refused_and_its_subject_goes_on() {
    String subject = subject();
    String id = Ids.random();
    ask(subject, new Put("cup"));

    Answer<Event> answer = ask(id, subject, new Explode());

    assertThat(answer).isEqualTo(new Answer<>(List.of(Refusal.unexpected()), List.of()));
    assertThat(ask(id, subject, new Explode())).isEqualTo(answer);
    assertThat(ask(subject, new Put("jug")).facts())
        .extracting(Recorded::sequence)
        .containsExactly(2L);
  }
}
