package dev.floe.messaging.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Asked;
import dev.floe.kernel.Decider;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Journal.Answer;
import dev.floe.kernel.Recorded;
import dev.floe.messaging.Ids;
import dev.floe.messaging.LogReader;
import dev.floe.messaging.Shelf;
import dev.floe.messaging.Shelf.Command;
import dev.floe.messaging.Shelf.Command.Put;
import dev.floe.messaging.Shelf.Event;
import dev.floe.messaging.Shelf.State;
import dev.floe.messaging.journal.Instance.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Rule 8: one command alone is quick, a thousand together are cheap. */
class BatchIT {

  @Test
  void a_thousand_commands_take_no_more_than_150_transactions() {
    JournalPlace place = Instance.KAFKA.place(1, 1);
    try (Instance instance = Instance.start(place)) {
      warm(instance);
      long before = transactions(place);
      List<CompletableFuture<Answer<Event>>> answers = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        answers.add(instance.submit(Ids.random(), "cups", new Put("cup")));
      }

      assertThat(answers).allSatisfy(answer -> assertThat(answer.join().facts()).hasSize(1));
      assertThat(transactions(place) - before).isLessThanOrEqualTo(150);
    }
  }

  @Test
  void a_batch_of_slow_decisions_is_cut_before_all_of_them_are_made() {
    JournalPlace place = Instance.KAFKA.place(1, 1);
    try (RawProducer raw = RawProducer.plain()) {
      for (int i = 0; i < 20; i++) {
        raw.send(raw.command(place, Ids.random(), "cups", new Put("cup")));
      }
    }
    try (Instance instance = Instance.start(place, Setup.usual().with(Shelf.rules(slow())))) {
      instance.ask("cups", new Put("cup"));

      // Five ms each: two or three fit into ten, so 21 need seven transactions at the least.
      assertThat(transactions(place)).isGreaterThanOrEqualTo(7);
    }
  }

  /** The first commands load classes: what is counted is what comes after. */
  private static void warm(Instance instance) {
    for (int i = 0; i < 50; i++) {
      instance.ask("mugs", new Put("mug"));
    }
  }

  /** Each leaves one marker in the events partition, which takes an offset and is no record. */
  private static long transactions(JournalPlace place) {
    var partition = new TopicPartition(place.events().name(), 0);
    var reader = new LogReader(Instance.KAFKA.connection(), Instance.KAFKA.admin());
    long end = reader.ends(List.of(partition)).getOrDefault(partition, 0L);
    return end - Instance.records(place).size();
  }

  private static Decider<Command, State, Event> slow() {
    var shelf = new Shelf();
    return new Decider<>() {
      @Override
      public State initialState() {
        return shelf.initialState();
      }

      @Override
      public Decision<Event> decide(State state, Asked<Command> asked) {
        try {
          assertThat(new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS)).isFalse();
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
        }
        return shelf.decide(state, asked);
      }

      @Override
      public State evolve(State state, Recorded<Event> fact) {
        return shelf.evolve(state, fact);
      }
    };
  }
}
