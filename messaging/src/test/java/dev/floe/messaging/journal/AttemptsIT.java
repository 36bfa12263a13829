package dev.floe.messaging.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.floe.kernel.Recorded;
import dev.floe.messaging.Shelf.Command;
import dev.floe.messaging.Shelf.Command.Put;
import dev.floe.messaging.Shelf.Event.ItemPut;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Work that hangs on a journal: each attempt's end is a command, once. */
class AttemptsIT {

  private static final String ID = "the work";

  private final JournalPlace place = Instance.KAFKA.place(2, 2);
  private final Instance instance = Instance.start(place);
  private final String here = Instance.keyIn(0, 2, "here");
  private final String there = Instance.keyIn(1, 2, "there");
  private final CountDownLatch open = new CountDownLatch(1);
  private final Attempts<Command> attempts = attempts(() -> {});

  @AfterEach
  void stop() {
    attempts.close();
    instance.close();
  }

  @Test
  void the_end_of_an_attempt_is_a_command() {
    attempts.begin(here, ID, () -> new Put("cup"));

    awaitPut("cup");
  }

  @Test
  void a_newer_attempt_takes_the_place_of_an_older_one() {
    attempts.begin(here, ID, held("old"));
    attempts.begin(here, ID, held("new"));
    attempts.begin(here, "other work", held("other"));
    open.countDown();

    await().until(() -> Instance.log(place).size() == 2);
    assertThat(Instance.log(place))
        .extracting(Recorded::event)
        .containsExactlyInAnyOrder(new ItemPut("new"), new ItemPut("other"));
  }

  @Test
  void what_is_stopped_by_name_reports_nothing() {
    attempts.begin(here, ID, held("stopped"));
    attempts.begin(here, "other work", held("kept"));
    attempts.stop(here, ID);
    open.countDown();

    awaitPut("kept");
  }

  @Test
  void what_lies_in_a_partition_that_is_lost_reports_nothing() {
    attempts.begin(here, ID, held("lost"));
    attempts.begin(there, ID, held("kept"));
    attempts.stop(0);
    open.countDown();

    awaitPut("kept");
  }

  @Test
  void nothing_begins_before_everything_is_ready() {
    try (Attempts<Command> waiting = attempts(open::await)) {
      waiting.begin(here, ID, () -> new Put("late"));
      attempts.begin(there, ID, () -> new Put("early"));
      awaitPut("early");
      open.countDown();
      awaitPut("early", "late");
    }
  }

  @Test
  void an_attempt_that_breaks_reports_nothing_and_can_be_begun_again() {
    attempts.begin(
        here,
        ID,
        () -> {
          throw new IllegalStateException("the work broke");
        });
    attempts.begin(here, ID, () -> new Put("cup"));

    awaitPut("cup");
  }

  private Attempts<Command> attempts(Attempts.Ready ready) {
    var reports = new Reports<Command>();
    reports.connect(instance.journal());
    return new Attempts<>(reports, ready, 2);
  }

  /** An attempt that works until all may end, and keeps word of having been interrupted. */
  private Supplier<Command> held(String item) {
    return () -> {
      boolean interrupted = false;
      while (true) {
        try {
          open.await();
          break;
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return new Put(item);
    };
  }

  private void awaitPut(String... items) {
    await().until(() -> Instance.log(place).size() >= items.length);
    assertThat(Instance.log(place))
        .extracting(fact -> ((ItemPut) fact.event()).item())
        .containsExactlyInAnyOrder(items);
  }
}
