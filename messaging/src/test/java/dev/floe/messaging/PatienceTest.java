package dev.floe.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.floe.kernel.Trouble;
import dev.floe.messaging.avro.SchemaRegistry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class PatienceTest {

  private static final TopicPartition SOURCE = new TopicPartition("floe.gate.events", 0);
  private final RuntimeException fault = new IllegalStateException("no such gate");
  private final Troubles troubles = new Troubles();
  private final Patience patience = new Patience("gate-runner", troubles);

  @Test
  void records_that_failed_together_are_handled_one_by_one_until_they_are_behind() {
    patience.failedTogether(SOURCE, 10, 20, fault);

    assertThat(patience.alone(SOURCE, 10)).isTrue();
    assertThat(patience.alone(SOURCE, 20)).isTrue();
    assertThat(patience.alone(SOURCE, 21)).isFalse();
    patience.passed(SOURCE, 21);
    assertThat(patience.alone(SOURCE, 20)).isFalse();
  }

  @Test
  void a_record_that_failed_three_times_alone_is_given_up() {
    patience.failedAlone(SOURCE, 17, fault);
    patience.failedAlone(SOURCE, 17, fault);
    assertThat(patience.givenUp(SOURCE, 17)).isEmpty();

    patience.failedAlone(SOURCE, 17, fault);

    assertThat(patience.givenUp(SOURCE, 17)).contains(fault);
    assertThat(patience.givenUp(SOURCE, 18)).isEmpty();
  }

  @Test
  void a_place_is_told_while_it_is_stuck_and_not_after() {
    for (int i = 0; i < 3; i++) {
      patience.failedAlone(SOURCE, 17, fault);
    }

    assertThat(troubles.isStuck("gate-runner")).isTrue();
    assertThat(troubles.of("gate-runner"))
        .extracting(Trouble::where, Trouble::what)
        .containsExactly(
            tuple(
                "floe.gate.events-0@17",
                "failed 3 times in a row: IllegalStateException: no such gate"));
    patience.passed(SOURCE, 18);
    assertThat(troubles.isStuck("gate-runner")).isFalse();
    assertThat(troubles.of("gate-runner")).isEmpty();
  }

  @Test
  void what_says_nothing_about_the_record_costs_no_record() {
    var away = new KafkaException("commit failed", new TimeoutException("the broker is away"));
    for (int i = 0; i < 100; i++) {
      patience.failedAlone(SOURCE, 17, away);
      patience.failedTogether(SOURCE, 17, 18, new SchemaRegistry.Unavailable("away"));
    }

    assertThat(patience.givenUp(SOURCE, 17)).isEmpty();
    assertThat(patience.alone(SOURCE, 17)).isFalse();
    assertThat(troubles.of("gate-runner")).hasSize(1);
  }

  @Test
  void a_record_that_the_broker_finds_too_long_is_guilty_however_the_client_wraps_it() {
    assertThat(
            Unavailable.is(new KafkaException("in an error state", new RecordTooLargeException())))
        .isFalse();
    assertThat(Unavailable.is(new KafkaException("fenced"))).isTrue();
    assertThat(Unavailable.is(new NullPointerException())).isFalse();
  }

  @Test
  void the_troubles_of_a_part_are_those_of_all_that_is_named_after_it() {
    troubles.note("gate-runner-reactions", new Trouble("a", "here", "b"));
    troubles.note("gate-runners", new Trouble("c", "there", "d"));

    assertThat(troubles.of("gate-runner")).containsExactly(new Trouble("a", "here", "b"));
    assertThat(troubles.isStuck("gate-runner")).isFalse();
  }
}
