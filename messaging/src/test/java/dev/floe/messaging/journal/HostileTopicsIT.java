package dev.floe.messaging.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.floe.kernel.Recorded;
import dev.floe.kernel.Requirement;
import dev.floe.messaging.Bus;
import dev.floe.messaging.Envelope;
import dev.floe.messaging.Envelope.Numbers;
import dev.floe.messaging.HostileRecords;
import dev.floe.messaging.Ids;
import dev.floe.messaging.SequenceGuard;
import dev.floe.messaging.Shelf;
import dev.floe.messaging.Shelf.Command;
import dev.floe.messaging.Shelf.Command.Put;
import dev.floe.messaging.Shelf.Event.ItemPut;
import dev.floe.messaging.Tokens;
import dev.floe.messaging.avro.AvroWire;
import dev.floe.messaging.feed.EventFeed;
import dev.floe.messaging.feed.Outgoing;
import dev.floe.messaging.feed.Reactions;
import dev.floe.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever stands in a topic, whoever wrote it: nothing stops, and good commands are answered. */
@Requirement("330.1")
class HostileTopicsIT {

  private static final Duration LONG = Duration.ofSeconds(60);

  private final long seed = Long.getLong("floe.seed", 20_261_125);
  private final Duration length = Duration.ofSeconds(Boolean.getBoolean("floe.soak") ? 120 : 4);
  private final JournalPlace own = Instance.KAFKA.place(1, 1);
  private final JournalPlace source = Instance.KAFKA.place(1, 1);
  private final AvroWire wire = new AvroWire(Instance.KAFKA.registry());
  private final Map<String, Integer> sent = new TreeMap<>();

  @Test
  void no_record_stops_a_partition() {
    Bus bus = Instance.KAFKA.bus();
    List<Long> fed = new ArrayList<>();
    try (bus;
        Producer<byte[], byte[]> producer = Instance.KAFKA.connection().producer("hostile");
        RawProducer raw = RawProducer.plain()) {
      try (Instance instance = Instance.start(own);
          Reactions<Command> _ = reactions(bus)) {
        attack(producer);
        producer.flush();

        raw.send(raw.event(source, "good", new ItemPut("told"), new Numbers(1, 1), null));
        assertThat(instance.ask("good", new Put("cup")).accepted()).isTrue();
        await()
            .atMost(LONG)
            .untilAsserted(
                () ->
                    assertThat(Instance.log(own, "good"))
                        .extracting(Recorded::event)
                        .contains(new ItemPut("cup"), new ItemPut("told")));
        assertThat(instance.journal().isReady()).isTrue();
      }
      try (Instance heir = Instance.start(own);
          EventFeed feed = feed(bus, fed)) {
        assertThat(heir.ask("good", new Put("jug")).accepted()).isTrue();
        await().atMost(LONG).until(feed::isCaughtUp);
      }
      assertThat(bus.troubles().isStuck(own.group())).isFalse();
      System.out.printf("hostile records, seed %d: %s; %d read%n", seed, sent, fed.size());
    }
  }

  private void attack(Producer<byte[], byte[]> producer) {
    List<Schema> schemas = new ArrayList<>(Shelf.COMMANDS.schemas());
    schemas.addAll(Shelf.EVENTS.schemas());
    var hostile = new HostileRecords(seed, wire, schemas);
    var random = new Random(seed);
    long end = System.nanoTime() + length.toNanos();
    while (System.nanoTime() < end) {
      switch (random.nextInt(6)) {
        case 0 -> send(producer, "stranger", hostile.next(own.commands().name(), "evil"));
        case 1, 2 -> send(producer, "verified", verified(hostile));
        case 3 -> send(producer, "source", hostile.next(source.events().name(), "evil"));
        case 4 -> send(producer, "events", hostile.next(own.events().name(), "evil"));
        default -> send(producer, "replies", hostile.next(Topics.REPLIES.name(), "evil"));
      }
    }
  }

  /** What a service would have signed, had it let everything through. */
  private ProducerRecord<byte[], byte[]> verified(HostileRecords hostile) {
    String topic = own.commands().name();
    byte[] value = hostile.value(topic);
    String id = Ids.random();
    var record =
        new ProducerRecord<>(
            topic,
            0,
            "evil".getBytes(StandardCharsets.UTF_8),
            value == null
                ? wire.encode(topic, Shelf.COMMANDS.write(new Put(hostile.text())))
                : value);
    String token = Tokens.signer().sign(topic, "evil", id, record.value(), Instance.ADA);
    record.headers().add(header(Envelope.ID, id)).add(header("authorization", "Bearer " + token));
    return record;
  }

  private static RecordHeader header(String name, String value) {
    return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private void send(
      Producer<byte[], byte[]> producer, String as, ProducerRecord<byte[], byte[]> record) {
    try {
      var _ = producer.send(record, (_, failed) -> count(as, failed));
    } catch (RuntimeException refused) {
      count(as, refused);
    }
  }

  private synchronized void count(String as, @Nullable Exception failed) {
    sent.merge(failed == null ? as : as + " refused by the broker", 1, Integer::sum);
  }

  private Reactions<Command> reactions(Bus bus) {
    return Reactions.start(
        bus,
        own,
        CommandCodec.of(Shelf.COMMANDS),
        Tokens.signer(),
        List.of(source.events()),
        fact ->
            List.of(
                new Outgoing<>("copy", fact.subject(), new Put(fact.body().get(0).toString()))));
  }

  private EventFeed feed(Bus bus, List<Long> fed) {
    return EventFeed.start(
        bus,
        own.group() + "-feed",
        List.of(own.events(), source.events(), own.commands(), own.commands().deadLetters("")),
        Map.of(),
        SequenceGuard.fromAnywhere(),
        (records, _) -> records.forEach(record -> fed.add(record.offset())));
  }
}
