package dev.floe.messaging.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Journal.Answer;
import dev.floe.kernel.Recorded;
import dev.floe.kernel.Requirement;
import dev.floe.messaging.Ids;
import dev.floe.messaging.Shelf.Command.Put;
import dev.floe.messaging.Shelf.Event;
import dev.floe.messaging.Shelf.Event.ItemPut;
import dev.floe.messaging.journal.FaultyProducers.Fault;
import dev.floe.messaging.journal.Instance.Setup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rule 1: after a transaction that is not surely committed, only Kafka knows what holds. */
@Requirement("330.1")
class UncertainTransactionIT {

  @Test
  void a_commit_whose_answer_is_lost_is_not_made_twice() {
    JournalPlace place = Instance.KAFKA.place();
    boolean[] lost = new boolean[1];
    var once =
        new FaultyProducers(
            _ -> {
              Fault fault = lost[0] ? Fault.NONE : Fault.ANSWER_LOST;
              lost[0] = true;
              return fault;
            });
    try (Instance instance = Instance.start(place, Setup.usual().with(once))) {
      Answer<Event> answer = instance.ask("cups", new Put("cup"));
      Answer<Event> next = instance.ask("cups", new Put("jug"));

      assertThat(lost[0]).isTrue();
      assertThat(answer.facts()).extracting(Recorded::sequence).containsExactly(1L);
      assertThat(next.facts()).extracting(Recorded::sequence).containsExactly(2L);
      assertThat(Instance.log(place))
          .extracting(Recorded::event)
          .containsExactly(new ItemPut("cup"), new ItemPut("jug"));
    }
  }

  /** With {@code -Dfloe.soak=true} as many seeds as find what two do not. */
  static LongStream seeds() {
    return LongStream.rangeClosed(1, Boolean.getBoolean("floe.soak") ? 20 : 2);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatever_commits_come_to_no_decision_is_lost_and_none_made_twice(long seed) {
    JournalPlace place = Instance.KAFKA.place();
    var random = new Random(seed);
    var faulty = new FaultyProducers(_ -> fault(random));
    Map<String, String> items = new HashMap<>();
    List<CompletableFuture<Answer<Event>>> answers = new ArrayList<>();
    try (Instance instance = Instance.start(place, Setup.usual().with(faulty))) {
      for (int i = 0; i < 60; i++) {
        String id = Ids.random();
        String subject = "shelf-" + random.nextInt(4);
        items.put(id, "item-" + i);
        answers.add(instance.submit(id, subject, new Put("item-" + i)));
        if (random.nextInt(4) == 0) {
          // A front that got no answer asks again, with the same id.
          answers.add(instance.submit(id, subject, new Put("item-" + i)));
        }
        if (random.nextInt(3) == 0) {
          settle(answers);
        }
      }
      settle(answers);
    }

    List<Recorded<Event>> log = Instance.log(place);
    assertThat(log).hasSize(items.size());
    assertThat(log.stream().collect(Collectors.toMap(Recorded::cause, Recorded::event)))
        .isEqualTo(
            items.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> new ItemPut(e.getValue()))));
    log.stream()
        .collect(Collectors.groupingBy(Recorded::subject))
        .forEach(
            (_, history) ->
                assertThat(history)
                    .extracting(Recorded::sequence)
                    .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, history.size()).boxed().toList()));
    // What was told is what stands there.
    assertThat(answers).allSatisfy(answer -> assertThat(log).containsAll(answer.join().facts()));
  }

  private static void settle(List<CompletableFuture<Answer<Event>>> answers) {
    CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
  }

  private static synchronized Fault fault(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> Fault.ANSWER_LOST;
      case 1 -> Fault.REQUEST_LOST;
      case 2 -> Fault.DEAD;
      default -> Fault.NONE;
    };
  }
}
