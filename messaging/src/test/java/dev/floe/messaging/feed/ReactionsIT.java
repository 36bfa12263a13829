package dev.floe.messaging.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.floe.kernel.Recorded;
import dev.floe.kernel.Requirement;
import dev.floe.messaging.Bus;
import dev.floe.messaging.Envelope;
import dev.floe.messaging.Envelope.Numbers;
import dev.floe.messaging.Ids;
import dev.floe.messaging.RecordPosition;
import dev.floe.messaging.Shelf;
import dev.floe.messaging.Shelf.Command;
import dev.floe.messaging.Shelf.Command.Put;
import dev.floe.messaging.Shelf.Event.ItemPut;
import dev.floe.messaging.TestKafka;
import dev.floe.messaging.Tokens;
import dev.floe.messaging.avro.AvroWire;
import dev.floe.messaging.journal.CommandCodec;
import dev.floe.messaging.journal.Instance;
import dev.floe.messaging.journal.JournalPlace;
import dev.floe.messaging.journal.RawProducer;
import dev.floe.promotion.v1.ArtifactResumed;
import dev.floe.schemas.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@Requirement("330.1")
class ReactionsIT {

  private static final TestKafka KAFKA = TestKafka.get();

  private final JournalPlace source = KAFKA.place();
  private final JournalPlace own = withShortCommands(KAFKA.place());
  private final Bus bus = KAFKA.bus();
  private final List<Long> told = new CopyOnWriteArrayList<>();

  private static JournalPlace withShortCommands(JournalPlace place) {
    var commands =
        new Topic(
            place.commands().name(),
            TestKafka.PARTITIONS,
            Map.of("max.message.bytes", "20000"),
            place.service());
    return JournalPlace.of(place.service(), commands, place.events());
  }

  @AfterEach
  void stop() {
    bus.close();
  }

  /** Whatever is put on the other shelf is put on this one too. */
  private Reactions<Command> start() {
    return start("");
  }

  /** One item is too much for the reaction. */
  private Reactions<Command> start(String poison) {
    return Reactions.start(
        bus,
        own,
        CommandCodec.of(Shelf.COMMANDS),
        Tokens.signer(),
        List.of(source.events()),
        fact -> {
          told.add(fact.recorded().sequence());
          if (fact.body() instanceof ArtifactResumed) {
            return List.of();
          }
          if (fact.body().get(0).toString().equals(poison)) {
            throw new IllegalStateException("poison");
          }
          return List.of(
              new Outgoing<>("copy", fact.subject(), new Put(fact.body().get(0).toString())));
        });
  }

  @Test
  void a_fact_becomes_one_command_whose_id_and_cause_follow_from_it() {
    try (Instance other = Instance.start(source);
        Instance mine = Instance.start(own);
        Reactions<Command> _ = start()) {
      Recorded<Shelf.Event> fact = other.ask("cups", new Put("cup")).facts().getFirst();

      await().untilAsserted(() -> assertThat(Instance.log(own)).hasSize(1));
      ConsumerRecord<byte[], byte[]> command =
          KAFKA.all(own.commands().name(), TestKafka.PARTITIONS).getFirst();
      ConsumerRecord<byte[], byte[]> event = Instance.records(own).getFirst();
      Envelope sent = Instance.envelope(command);
      Envelope caused = Instance.envelope(event);
      RecordPosition factAt = position(Instance.records(source).getFirst());

      assertThat(sent.id()).isEqualTo(Ids.derived(fact.id(), "copy"));
      assertThat(sent.causation()).isEqualTo(fact.id());
      assertThat(sent.causePosition()).isEqualTo(factAt);
      assertThat(sent.correlation()).isEqualTo("put-cup");
      assertThat(caused.causation()).isEqualTo(sent.id());
      assertThat(caused.causePosition()).isEqualTo(position(command));
      assertThat(caused.sourcePosition()).isEqualTo(factAt);
      assertThat(caused.traceparent()).isEqualTo(sent.traceparent());
      assertThat(caused.by().name()).isEqualTo(own.service());
      assertThat(mine.journal().owned()).containsOnlyKeys("cups");
    }
  }

  @Test
  void a_restart_tells_nothing_twice_and_passes_nothing_over() {
    try (Instance other = Instance.start(source)) {
      other.ask("cups", new Put("cup"));
      try (Reactions<Command> _ = start()) {
        await().untilAsserted(() -> assertThat(commands()).hasSize(1));
      }
      other.ask("cups", new Put("jug"));
      try (Reactions<Command> _ = start()) {
        await().untilAsserted(() -> assertThat(commands()).hasSize(2));
      }
    }
    assertThat(told).containsExactly(1L, 2L);
  }

  /** Rule 5, for reactions: the own events say how far they had come. */
  @Test
  void forgotten_offsets_neither_repeat_what_had_an_effect_nor_lose_what_came_after()
      throws Exception {
    try (Instance other = Instance.start(source);
        Instance _ = Instance.start(own)) {
      other.ask("cups", new Put("cup"));
      other.ask("cups", new Put("jug"));
      try (Reactions<Command> _ = start()) {
        await().untilAsserted(() -> assertThat(Instance.log(own)).hasSize(2));
      }
      KAFKA.admin().deleteConsumerGroups(List.of(own.group() + "-reactions")).all().get();
      told.clear();
      other.ask("cups", new Put("pan"));

      try (Reactions<Command> _ = start()) {
        await()
            .untilAsserted(
                () ->
                    assertThat(Instance.log(own))
                        .extracting(Recorded::event)
                        .containsExactly(
                            new ItemPut("cup"), new ItemPut("jug"), new ItemPut("pan")));
      }
      assertThat(told).containsExactly(3L);
    }
  }

  /** Rule 6, for reactions. */
  @Test
  void a_void_event_has_no_consequence_and_a_gap_stops_its_key_alone() {
    try (RawProducer raw = RawProducer.plain()) {
      write(raw, "cups", 1, "cup");
      write(raw, "cups", 1, "ghost");
      write(raw, "cups", 2, "jug");
      write(raw, "cups", 4, "after the gap");
      write(raw, "cups", 5, "later");
      write(raw, "jugs", 1, "other");
    }
    try (Instance _ = Instance.start(own);
        Reactions<Command> _ = start()) {
      await()
          .untilAsserted(
              () ->
                  assertThat(Instance.log(own))
                      .extracting(Recorded::event)
                      .containsExactlyInAnyOrder(
                          new ItemPut("cup"), new ItemPut("jug"), new ItemPut("other")));
    }
  }

  @Test
  void a_fact_that_a_reaction_cannot_take_is_passed_over_after_three_tries() {
    try (RawProducer raw = RawProducer.plain()) {
      write(raw, "cups", 1, "cup");
      write(raw, "cups", 2, "poison");
      write(raw, "cups", 3, "jug");
      write(raw, "cups", 4, "x".repeat(30_000));
      write(raw, "cups", 5, "pan");
    }
    try (Instance _ = Instance.start(own);
        Reactions<Command> _ = start("poison")) {
      await()
          .untilAsserted(
              () ->
                  assertThat(Instance.log(own))
                      .extracting(Recorded::event)
                      .containsExactly(new ItemPut("cup"), new ItemPut("jug"), new ItemPut("pan")));
    }
    assertThat(bus.troubles().of(own.group())).isEmpty();
  }

  @Test
  void a_halted_subject_of_any_service_goes_on_once_its_resumption_stands_in_the_log() {
    var broken = new AtomicBoolean();
    try (Instance before = Instance.start(own)) {
      before.ask("cups", new Put("cup"));
    }
    broken.set(true);
    try (Instance mine = Instance.folding(own, broken);
        Reactions<Command> _ = start();
        RawProducer raw = RawProducer.plain()) {
      assertThat(mine.journal().halted()).containsOnlyKeys("cups");
      broken.set(false);

      var like = raw.event(source, "cups", new ItemPut("cup"), new Numbers(1, 1), null);
      byte[] resumed =
          new AvroWire(KAFKA.registry()).encode(like.topic(), new ArtifactResumed("mended"));
      raw.send(
          new ProducerRecord<>(
              like.topic(), like.partition(), null, like.key(), resumed, like.headers()));

      await().untilAsserted(() -> assertThat(mine.journal().state("cups")).isPresent());
      assertThat(mine.journal().halted()).isEmpty();
      assertThat(mine.ask("cups", new Put("jug")).facts().getFirst().sequence()).isEqualTo(2);
    }
  }

  private void write(RawProducer raw, String key, long sequence, String item) {
    raw.send(raw.event(source, key, new ItemPut(item), new Numbers(sequence, 1), null));
  }

  private List<ConsumerRecord<byte[], byte[]>> commands() {
    return KAFKA.all(own.commands().name(), TestKafka.PARTITIONS);
  }

  private static RecordPosition position(ConsumerRecord<?, ?> record) {
    return new RecordPosition(record.topic(), record.partition(), record.offset());
  }
}
