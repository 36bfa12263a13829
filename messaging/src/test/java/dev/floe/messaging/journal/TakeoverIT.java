package dev.floe.messaging.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.floe.kernel.Journal.Answer;
import dev.floe.kernel.Recorded;
import dev.floe.kernel.Requirement;
import dev.floe.messaging.Envelope.Numbers;
import dev.floe.messaging.Ids;
import dev.floe.messaging.KeyPartition;
import dev.floe.messaging.Shelf.Command.Put;
import dev.floe.messaging.Shelf.Event;
import dev.floe.messaging.Shelf.Event.ItemPut;
import dev.floe.messaging.journal.FaultyProducers.Fault;
import dev.floe.messaging.journal.Instance.Setup;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

/** Rule 4: a dead owner's transaction does not hold its heir up, and a zombie writes nothing. */
@Requirement("330.1")
class TakeoverIT {

  private static final String SUBJECT = "cups";

  @Test
  void clients_end_and_retry_transactions_quickly_and_read_only_what_is_committed() {
    var connection = Instance.KAFKA.connection();

    assertThat(connection.transactionSettings("any"))
        .containsEntry(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000)
        .containsEntry(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5)
        .containsEntry(ProducerConfig.ACKS_CONFIG, "all");
    assertThat(connection.consumerSettings("any"))
        .containsEntry("isolation.level", "read_committed");
  }

  @Test
  void an_open_transaction_of_the_dead_owner_delays_its_heir_by_less_than_3_seconds() {
    JournalPlace place = Instance.KAFKA.place();
    try (Instance first = Instance.start(place)) {
      first.ask(SUBJECT, new Put("cup"));
    }
    int partition = KeyPartition.of(SUBJECT, place.commands().partitions());
    try (RawProducer dead = RawProducer.inTransaction(place.transactionalId(partition), 60_000)) {
      dead.send(dead.event(place, SUBJECT, new ItemPut("lost"), new Numbers(2, 1), null));

      long begin = System.nanoTime();
      try (Instance heir = Instance.begin(place, Setup.usual())) {
        heir.awaitReady();
        Answer<Event> answer = heir.ask(SUBJECT, new Put("jug"));

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
        assertThat(answer.facts()).extracting(Recorded::sequence).containsExactly(2L);
      }
    }
    assertThat(Instance.log(place))
        .extracting(Recorded::event)
        .containsExactly(new ItemPut("cup"), new ItemPut("jug"));
  }

  @Test
  void two_instances_share_the_partitions_and_answer_for_each_other() {
    JournalPlace place = Instance.KAFKA.place();
    try (Instance one = Instance.start(place);
        Instance two = Instance.start(place)) {
      await().untilAsserted(() -> assertThat(owners(one, two, place)).containsOnly(1L));
      Set<String> keys =
          LongStream.range(0, place.commands().partitions())
              .mapToObj(p -> Instance.keyIn((int) p, place.commands().partitions(), "k"))
              .collect(Collectors.toSet());
      for (String key : keys) {
        assertThat(one.ask(key, new Put("cup")).facts().getFirst().sequence()).isEqualTo(1);
        assertThat(two.ask(key, new Put("cup")).facts().getFirst().sequence()).isEqualTo(2);
      }
      assertThat(one.journal().owned()).isNotEmpty();
      assertThat(two.journal().owned()).isNotEmpty();

      one.stop();
      await().untilAsserted(() -> assertThat(two.journal().owned().keySet()).isEqualTo(keys));
      for (String key : keys) {
        assertThat(two.ask(key, new Put("cup")).facts().getFirst().sequence()).isEqualTo(3);
      }
    }
  }

  /** For each partition, how many instances believe they own it. */
  private static java.util.List<Long> owners(Instance one, Instance two, JournalPlace place) {
    return LongStream.range(0, place.commands().partitions())
        .mapToObj(p -> Instance.keyIn((int) p, place.commands().partitions(), "k"))
        .map(
            key ->
                java.util.stream.Stream.of(one, two)
                    .filter(instance -> instance.journal().owns(key))
                    .count())
        .toList();
  }

  @Test
  void an_instance_that_froze_before_its_commit_finds_the_commit_refused() throws Exception {
    JournalPlace place = Instance.KAFKA.place(1, 1);
    var frozen = new CountDownLatch(1);
    var thaw = new CountDownLatch(1);
    var freezing =
        new FaultyProducers(
            _ -> {
              if (frozen.getCount() > 0) {
                frozen.countDown();
                awaitUnchecked(thaw);
              }
              return Fault.NONE;
            });
    var timing =
        new JournalTiming(Duration.ofSeconds(30), Duration.ofSeconds(6), Duration.ofSeconds(2));
    try (Instance zombie = Instance.start(place, Setup.usual().with(freezing).with(timing))) {
      CompletableFuture<Answer<Event>> answer =
          zombie.submit(Ids.random(), SUBJECT, new Put("cup"));
      frozen.await();
      try (Instance heir = Instance.begin(place, Setup.usual().with(timing))) {
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertThat(heir.journal().owns(SUBJECT)).isTrue());
        Recorded<Event> first = answer.join().facts().getFirst();
        thaw.countDown();
        heir.ask(SUBJECT, new Put("jug"));

        assertThat(first.sequence()).isEqualTo(1);
        assertThat(Instance.log(place))
            .extracting(Recorded::event)
            .containsExactly(new ItemPut("cup"), new ItemPut("jug"));
      }
    }
  }

  @Test
  void an_effect_is_fenced_where_another_writes_for_the_subject() {
    JournalPlace place = Instance.KAFKA.place(1, 1);
    try (Instance instance = Instance.start(place)) {
      instance.journal().fence(SUBJECT);
      instance.ask(SUBJECT, new Put("cup"));
      instance.journal().fence(SUBJECT);

      // Another owner, as the group would make it: same id, next epoch.
      RawProducer.inTransaction(place.transactionalId(0), 10_000).close();

      assertThatThrownBy(() -> instance.journal().fence(SUBJECT))
          .isInstanceOf(Fenced.class)
          .hasMessageContaining(SUBJECT);
    }
  }

  @Test
  void a_fence_while_commands_come_in_disturbs_neither() {
    JournalPlace place = Instance.KAFKA.place(1, 1);
    try (Instance instance = Instance.start(place)) {
      var answers =
          LongStream.range(0, 200)
              .mapToObj(i -> instance.submit(Ids.random(), SUBJECT, new Put("cup-" + i)))
              .toList();
      for (int i = 0; i < 20; i++) {
        instance.journal().fence(SUBJECT);
      }

      assertThat(answers).allSatisfy(each -> assertThat(each.join().facts()).hasSize(1));
    }
    assertThat(Instance.log(place)).hasSize(200);
  }

  @Test
  void every_writer_has_a_later_epoch_than_the_one_before() {
    JournalPlace place = Instance.KAFKA.place(1, 1);
    for (int i = 0; i < 3; i++) {
      try (Instance instance = Instance.start(place)) {
        instance.ask(SUBJECT, new Put("cup"));
        instance.ask(SUBJECT, new Put("jug"));
      }
    }

    assertThat(Instance.records(place))
        .extracting(record -> Instance.envelope(record).numbers())
        .containsExactly(
            new Numbers(1, 1),
            new Numbers(2, 1),
            new Numbers(3, 2),
            new Numbers(4, 2),
            new Numbers(5, 3),
            new Numbers(6, 3));
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
