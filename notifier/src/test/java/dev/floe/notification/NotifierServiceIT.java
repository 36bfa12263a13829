package dev.floe.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.floe.messaging.Bus;
import dev.floe.messaging.Envelope.Numbers;
import dev.floe.messaging.Shelf.Event.ItemPut;
import dev.floe.messaging.TestKafka;
import dev.floe.messaging.TopicsSetup;
import dev.floe.messaging.feed.Fact;
import dev.floe.messaging.journal.JournalPlace;
import dev.floe.messaging.journal.RawProducer;
import dev.floe.notification.adapter.kafka.FactsHeard;
import dev.floe.schemas.Topic;
import dev.floe.schemas.Topics;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NotifierServiceIT {

  private static final TestKafka KAFKA = TestKafka.get();
  private static final JournalPlace GATES =
      JournalPlace.of("gate-runner", Topics.GATE_COMMANDS, Topics.GATE_EVENTS)
          .in(TestKafka.PARTITIONS);
  private static final JournalPlace PROMOTIONS =
      JournalPlace.of("promotion-service", Topics.PROMOTION_COMMANDS, Topics.PROMOTION_EVENTS)
          .in(TestKafka.PARTITIONS);
  private static final Bus BUS = KAFKA.bus();

  private final List<String> heard = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void create_the_topics() {
    new TopicsSetup(KAFKA.admin()).create(BUS.sized(Topics.events()), Optional.empty());
  }

  @AfterAll
  static void leave() {
    BUS.close();
  }

  private NotifierService start() {
    var facts = new FactsHeard();
    return NotifierService.start(
        BUS,
        fact -> {
          heard.add(told(fact));
          return facts.react(fact);
        });
  }

  private static String told(Fact fact) {
    return fact.subject() + ' ' + fact.recorded().sequence();
  }

  @Test
  void it_hears_every_topic_but_its_own() {
    assertThat(NotifierService.sources())
        .extracting(Topic::name)
        .containsExactly(
            "floe.promotion.events",
            "floe.approval.events",
            "floe.gate.events",
            "floe.registry.events",
            "floe.usage.events",
            "floe.config.events");
  }

  @Test
  void a_fact_is_heard_once_though_it_stands_twice_on_the_log_and_the_service_stops_between() {
    try (RawProducer raw = RawProducer.plain()) {
      try (NotifierService notifier = start()) {
        await().until(notifier::isReady);
        write(raw, PROMOTIONS, "cups", 1);
        write(raw, PROMOTIONS, "cups", 1);
        write(raw, GATES, "cups", 1);
        await().untilAsserted(() -> assertThat(heard).containsExactly("cups 1", "cups 1"));
      }
      write(raw, GATES, "cups", 2);
      write(raw, PROMOTIONS, "cups", 2);
      try (NotifierService _ = start()) {
        await().untilAsserted(() -> assertThat(heard).hasSize(4));
      }
    }
    assertThat(heard).containsExactly("cups 1", "cups 1", "cups 2", "cups 2");
  }

  @Test
  void it_records_nothing() {
    try (RawProducer raw = RawProducer.plain();
        NotifierService _ = start()) {
      write(raw, GATES, "jugs", 1);
      await().untilAsserted(() -> assertThat(heard).contains("jugs 1"));
    }
    Topic own = Topics.NOTIFICATION_EVENTS;
    assertThat(KAFKA.all(own.name(), TestKafka.PARTITIONS)).isEmpty();
  }

  private static void write(RawProducer raw, JournalPlace place, String artifact, long sequence) {
    var event = new ItemPut("fact %d".formatted(sequence));
    raw.send(raw.event(place, artifact, event, new Numbers(sequence, 1), null));
  }
}
