package dev.floe.messaging.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.floe.kernel.Requirement;
import dev.floe.messaging.Bus;
import dev.floe.messaging.Envelope.Numbers;
import dev.floe.messaging.SequenceGuard;
import dev.floe.messaging.SequenceVerdict;
import dev.floe.messaging.Shelf.Event.ItemPut;
import dev.floe.messaging.TestKafka;
import dev.floe.messaging.journal.Instance;
import dev.floe.messaging.journal.JournalPlace;
import dev.floe.messaging.journal.RawProducer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@Requirement("330.7")
class EventFeedIT {

  private final JournalPlace place = TestKafka.get().place(1, 1);
  private final Bus bus = TestKafka.get().bus();
  private final List<FeedRecord> stored = new CopyOnWriteArrayList<>();
  private final Map<TopicPartition, Long> offsets = new ConcurrentHashMap<>();

  @AfterEach
  void stop() {
    bus.close();
  }

  private EventFeed start(SequenceGuard guard) {
    return EventFeed.start(
        bus,
        "projection",
        List.of(place.events()),
        Map.copyOf(offsets),
        guard,
        (records, next) -> {
          stored.addAll(records);
          offsets.putAll(next);
        });
  }

  @Test
  void every_record_comes_with_its_bytes_its_headers_and_its_verdict() {
    try (RawProducer raw = RawProducer.plain()) {
      write(raw, 1);
      write(raw, 1);
      write(raw, 3);
    }
    try (EventFeed feed = start(SequenceGuard.fromAnywhere())) {
      await().until(feed::isCaughtUp);
    }

    assertThat(stored)
        .extracting(FeedRecord::verdict)
        .containsExactly(SequenceVerdict.ACCEPT, SequenceVerdict.VOID, SequenceVerdict.GAP);
    FeedRecord first = stored.getFirst();
    assertThat(first.key()).isEqualTo("cups");
    assertThat(first.value()).isEqualTo(Instance.records(place).getFirst().value());
    assertThat(first.headers()).extracting("key").contains("ce_id", "content-type");
    assertThat(first.decoded()).isNotNull();
    assertThat(first.problem()).isNull();
  }

  @Test
  void a_restart_goes_on_where_the_store_stopped_and_knows_the_last_numbers() {
    try (RawProducer raw = RawProducer.plain()) {
      write(raw, 1);
      try (EventFeed feed = start(SequenceGuard.fromAnywhere())) {
        await().until(feed::isCaughtUp);
      }
      write(raw, 1);
      write(raw, 2);
    }
    var knowing = new SequenceGuard((_, _) -> Optional.of(new Numbers(1, 1)));
    try (EventFeed feed = start(knowing)) {
      await().until(feed::isCaughtUp);
    }

    assertThat(stored)
        .extracting(FeedRecord::verdict)
        .containsExactly(SequenceVerdict.ACCEPT, SequenceVerdict.VOID, SequenceVerdict.ACCEPT);
    assertThat(stored).extracting(FeedRecord::offset).containsExactly(0L, 1L, 2L);
  }

  @Test
  void a_batch_that_is_not_stored_comes_again_as_it_was() {
    try (RawProducer raw = RawProducer.plain()) {
      write(raw, 1);
      write(raw, 2);
    }
    int[] failures = new int[1];
    try (EventFeed feed =
        EventFeed.start(
            bus,
            "projection",
            List.of(place.events()),
            Map.of(),
            SequenceGuard.fromAnywhere(),
            (records, _) -> {
              if (failures[0]++ < 2) {
                throw new IllegalStateException("the database is away");
              }
              stored.addAll(records);
            })) {
      await().until(feed::isCaughtUp);
    }

    assertThat(stored).extracting(FeedRecord::offset).containsExactly(0L, 1L);
    assertThat(stored).extracting(FeedRecord::verdict).containsOnly(SequenceVerdict.ACCEPT);
  }

  @Test
  void a_record_that_no_store_takes_comes_as_unreadable_and_stops_nothing() {
    try (RawProducer raw = RawProducer.plain()) {
      for (int i = 1; i <= 5; i++) {
        write(raw, i);
      }
    }
    try (EventFeed feed =
        EventFeed.start(
            bus,
            "projection",
            List.of(place.events()),
            Map.of(),
            SequenceGuard.fromAnywhere(),
            (records, _) -> {
              if (records.stream().anyMatch(r -> r.offset() == 2 && r.decoded() != null)) {
                throw new IllegalStateException("a zero character");
              }
              stored.addAll(records);
            })) {
      await().until(feed::isCaughtUp);
    }

    assertThat(stored).extracting(FeedRecord::offset).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(stored.get(2).problem()).isEqualTo("IllegalStateException: a zero character");
    assertThat(Objects.requireNonNull(stored.get(2).envelope()).numbers())
        .isEqualTo(new Numbers(3, 1));
    assertThat(bus.troubles().of("projection")).isEmpty();
  }

  @Test
  void while_a_store_is_away_nothing_is_given_up_and_readiness_can_tell() {
    var away = new AtomicBoolean(true);
    try (RawProducer raw = RawProducer.plain()) {
      write(raw, 1);
      write(raw, 2);
    }
    try (EventFeed feed =
        EventFeed.start(
            bus,
            "projection",
            List.of(place.events()),
            Map.of(),
            SequenceGuard.fromAnywhere(),
            (records, _) -> {
              if (away.get()) {
                throw new java.io.IOException("the database is away");
              }
              stored.addAll(records);
            })) {
      await().until(() -> bus.troubles().isStuck("projection"));
      away.set(false);
      await().until(feed::isCaughtUp);
    }

    assertThat(stored).extracting(FeedRecord::problem).containsOnlyNulls();
    assertThat(stored).hasSize(2);
    assertThat(bus.troubles().of("projection")).isEmpty();
  }

  @Test
  void a_record_that_cannot_be_read_is_shown_with_the_reason() {
    try (RawProducer raw = RawProducer.plain()) {
      raw.send(
          new ProducerRecord<>(place.events().name(), "junk".getBytes(StandardCharsets.UTF_8)));
    }
    try (EventFeed feed = start(SequenceGuard.fromAnywhere())) {
      await().until(feed::isCaughtUp);
    }

    assertThat(stored).hasSize(1);
    assertThat(stored.getFirst().problem()).isEqualTo("the header ce_id is missing");
  }

  private void write(RawProducer raw, long sequence) {
    raw.send(raw.event(place, "cups", new ItemPut("cup"), new Numbers(sequence, 1), null));
  }
}
