package dev.floe.messaging.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.floe.kernel.Recorded;
import dev.floe.kernel.Requirement;
import dev.floe.messaging.Ids;
import dev.floe.messaging.Shelf.Command.Clear;
import dev.floe.messaging.Shelf.Command.Put;
import dev.floe.messaging.Shelf.Event.ItemPut;
import dev.floe.messaging.Tokens;
import dev.floe.messaging.journal.Instance.Setup;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Rule 5: when Kafka has forgotten the offsets, the events say how far the commands have come. */
@Requirement("330.1")
class ForgottenOffsetsIT {

  private final List<String> judged = new CopyOnWriteArrayList<>();

  private Setup listening() {
    var security =
        new JournalSecurity(
            (topic, key, id, value, token, received) -> {
              judged.add(id);
              return Tokens.verifier().verify(topic, key, id, value, token, received);
            },
            Tokens.signer());
    return Setup.usual().with(security);
  }

  @Test
  void nothing_that_had_an_effect_is_handled_again_and_nothing_after_it_is_passed_over()
      throws Exception {
    JournalPlace place = Instance.KAFKA.place(1, 1);
    try (Instance first = Instance.start(place)) {
      first.ask("cups", new Clear());
      first.ask("cups", new Put("cup"));
      first.ask("cups", new Put("jug"));
    }
    forget(place);
    String sentMeanwhile = Ids.random();
    try (RawProducer raw = RawProducer.plain()) {
      raw.send(raw.command(place, sentMeanwhile, "cups", new Put("pan")));
    }

    try (Instance second = Instance.start(place, listening())) {
      await()
          .untilAsserted(
              () ->
                  assertThat(Instance.log(place))
                      .extracting(Recorded::event)
                      .containsExactly(new ItemPut("cup"), new ItemPut("jug"), new ItemPut("pan")));
      // Earlier ones are looked at once more, to remember their ids; the log shows no effect of it.
      assertThat(judged).endsWith(sentMeanwhile).doesNotHaveDuplicates();
      assertThat(second.ask("cups", new Put("pot")).facts().getFirst().sequence()).isEqualTo(4);
    }
  }

  @Test
  void a_first_start_begins_at_the_beginning() throws Exception {
    JournalPlace place = Instance.KAFKA.place(1, 1);
    try (RawProducer raw = RawProducer.plain()) {
      raw.send(raw.command(place, Ids.random(), "cups", new Put("cup")));
    }

    try (Instance _ = Instance.start(place)) {
      await()
          .untilAsserted(
              () ->
                  assertThat(Instance.log(place))
                      .extracting(Recorded::event)
                      .containsExactly(new ItemPut("cup")));
    }
  }

  /** As Kafka does with the offsets of a group that was idle for a week. */
  private static void forget(JournalPlace place) throws ExecutionException, InterruptedException {
    Instance.KAFKA.admin().deleteConsumerGroups(List.of(place.group())).all().get();
  }
}
