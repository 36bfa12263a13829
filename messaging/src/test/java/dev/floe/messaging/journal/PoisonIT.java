package dev.floe.messaging.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.floe.kernel.Journal;
import dev.floe.kernel.Journal.Halted;
import dev.floe.kernel.Recorded;
import dev.floe.kernel.Refusal;
import dev.floe.kernel.Requirement;
import dev.floe.kernel.Trouble;
import dev.floe.messaging.DeadLetters;
import dev.floe.messaging.Envelope;
import dev.floe.messaging.Ids;
import dev.floe.messaging.Shelf;
import dev.floe.messaging.Shelf.Command.Explode;
import dev.floe.messaging.Shelf.Command.Put;
import dev.floe.messaging.Shelf.Command.Resume;
import dev.floe.messaging.Shelf.Event;
import dev.floe.messaging.Tokens;
import dev.floe.messaging.Verification.Verified;
import dev.floe.messaging.avro.AvroWire;
import dev.floe.messaging.journal.Instance.Setup;
import dev.floe.schemas.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Rule 9: what cannot be handled stops itself, and nothing beside it. */
@Requirement("330.1")
class PoisonIT {

  private static final Event CUP = new Event.ItemPut("cup");

  private final JournalPlace place = Instance.KAFKA.place(1, 1);

  @Test
  void a_value_that_is_no_record_is_a_dead_letter() {
    assertDead(
        "no avro".getBytes(java.nio.charset.StandardCharsets.UTF_8), "undecodable", "zero byte");
  }

  @Test
  void a_value_of_a_schema_nobody_knows_is_a_dead_letter() {
    assertDead(new byte[] {0, 0, 1, 0, 0, 2}, "undecodable", "no schema 65536");
  }

  @Test
  void a_record_that_is_cut_short_is_a_dead_letter() {
    byte[] whole = put("cup");
    assertDead(java.util.Arrays.copyOf(whole, whole.length - 1), "undecodable", "no record of");
  }

  @Test
  void a_record_that_is_no_command_is_a_dead_letter() {
    var schema = SchemaBuilder.record("Other").namespace("dev.floe.shelf.v1").fields().endRecord();
    byte[] value =
        new AvroWire(Instance.KAFKA.registry())
            .encode(place.commands().name(), new GenericData.Record(schema));
    assertDead(value, "malformed", "dev.floe.shelf.v1.Other is no Command");
  }

  private void assertDead(byte[] value, String reason, String detail) {
    // Whoever may send is believed here: it is the value that is wrong.
    var trusting =
        new JournalSecurity((_, _, _, _, _, _) -> Verified.by(Instance.ADA), Tokens.signer());
    try (Instance instance = Instance.start(place, Setup.usual().with(trusting));
        RawProducer raw = RawProducer.plain()) {
      ProducerRecord<byte[], byte[]> good =
          raw.command(place, Ids.random(), "cups", new Put("cup"));
      raw.send(
          new ProducerRecord<>(
              good.topic(), good.partition(), null, good.key(), value, good.headers()));

      await().untilAsserted(() -> assertThat(letters()).hasSize(1));
      ConsumerRecord<byte[], byte[]> letter = letters().getFirst();
      assertThat(Envelope.text(letter.headers(), DeadLetters.REASON)).contains(reason);
      assertThat(Envelope.text(letter.headers(), DeadLetters.DETAIL).orElseThrow())
          .contains(detail);
      assertThat(instance.ask("cups", new Put("jug")).accepted()).isTrue();
    }
  }

  private byte[] put(String item) {
    return new AvroWire(Instance.KAFKA.registry())
        .encode(place.commands().name(), Shelf.COMMANDS.write(new Put(item)));
  }

  private List<ConsumerRecord<byte[], byte[]>> letters() {
    return Instance.KAFKA.all(place.commands().deadLetters("").name(), 1);
  }

  @Test
  void a_command_that_cannot_be_decided_is_a_dead_letter_and_refused_and_halts_nothing() {
    try (Instance instance = Instance.start(place)) {
      instance.ask("cups", new Put("cup"));

      assertThat(instance.ask("cups", new Explode()).because())
          .containsExactly(Refusal.unexpected());

      assertThat(instance.journal().halted()).isEmpty();
      assertThat(instance.ask("cups", new Put("pan")).facts())
          .extracting(Recorded::sequence)
          .containsExactly(2L);
    }
    ConsumerRecord<byte[], byte[]> letter = letters().getFirst();
    assertThat(Envelope.text(letter.headers(), DeadLetters.REASON)).contains("unexpected");
    assertThat(Envelope.text(letter.headers(), DeadLetters.DETAIL).orElseThrow())
        .contains("the shelf exploded");
  }

  @Test
  void a_decision_that_cannot_be_folded_is_not_made() {
    var shelf =
        new Shelf(
            event -> {
              if (event.equals(new Event.ItemPut("bomb"))) {
                throw new IllegalStateException("cannot fold a bomb");
              }
            });
    try (Instance instance = Instance.start(place, Setup.usual().with(Shelf.rules(shelf)))) {
      assertThat(instance.ask("cups", new Put("bomb")).because())
          .containsExactly(Refusal.unexpected());
      assertThat(instance.ask("cups", new Put("cup")).accepted()).isTrue();
    }
    assertThat(Instance.log(place)).extracting(Recorded::event).containsExactly(CUP);
  }

  @Test
  void a_command_whose_event_is_longer_than_its_topic_takes_is_refused() {
    JournalPlace small = Instance.KAFKA.place(1, 1, 20_000);
    try (Instance instance = Instance.start(small)) {
      assertThat(instance.ask("cups", new Put("x".repeat(30_000))).because())
          .containsExactly(Refusal.unexpected());
      assertThat(instance.ask("cups", new Put("cup")).accepted()).isTrue();
    }
    ConsumerRecord<byte[], byte[]> letter =
        Instance.KAFKA.all(small.commands().deadLetters("").name(), 1).getFirst();
    assertThat(letter.value()).hasSize(DeadLetters.KEPT);
    assertThat(Integer.parseInt(Envelope.text(letter.headers(), DeadLetters.LENGTH).orElseThrow()))
        .isGreaterThan(30_000);
    assertThat(Envelope.text(letter.headers(), DeadLetters.SHA256).orElseThrow()).hasSize(64);
  }

  /** The catalogue may be wrong about the broker: then only the broker knows what is too long. */
  @Test
  void what_the_broker_refuses_each_time_is_given_up_and_everything_around_it_is_decided_once() {
    JournalPlace small = Instance.KAFKA.place(1, 1, 20_000);
    JournalPlace believed =
        new JournalPlace(
            small.service(),
            "",
            small.commands(),
            new Topic(small.events().name(), 1, Map.of(), small.service()),
            _ -> true);
    String guilty = Ids.random();
    try (RawProducer raw = RawProducer.plain()) {
      for (int i = 0; i < 9; i++) {
        raw.send(raw.command(small, Ids.random(), "cups", new Put("cup-" + i)));
        if (i == 4) {
          raw.send(raw.command(small, guilty, "cups", new Put("x".repeat(30_000))));
        }
      }
    }

    try (Instance instance = Instance.start(believed)) {
      assertThat(instance.ask("cups", new Put("cup")).facts().getFirst().sequence()).isEqualTo(10);
      assertThat(instance.ask(guilty, "cups", new Put("x")).because())
          .containsExactly(Refusal.unexpected());
    }

    assertThat(Instance.log(small))
        .extracting(Recorded::sequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 10).boxed().toList());
    assertThat(Instance.KAFKA.all(small.commands().deadLetters("").name(), 1)).hasSize(1);
  }

  @Test
  void a_command_that_is_too_long_is_not_even_sent() {
    JournalPlace small = Instance.KAFKA.place(1, 1, 20_000);
    JournalPlace limited =
        new JournalPlace(
            small.service(),
            "",
            new Topic(
                small.commands().name(), 1, Map.of("max.message.bytes", "1000"), small.service()),
            small.events(),
            _ -> true);
    try (Instance instance = Instance.start(limited)) {
      assertThatThrownBy(() -> instance.ask("cups", new Put("x".repeat(2_000))))
          .hasCauseInstanceOf(Journal.TooLong.class);
    }
    assertThat(Instance.KAFKA.all(small.commands().name(), 1)).isEmpty();
  }

  @Test
  void a_history_that_cannot_be_folded_halts_its_subject_until_the_fix() {
    var broken = new AtomicBoolean();
    var shelf =
        new Shelf(
            event -> {
              if (broken.get() && event.equals(new Event.ItemPut("cup"))) {
                throw new IllegalStateException("cannot fold a cup");
              }
            });
    try (Instance first = Instance.start(place)) {
      first.ask("cups", new Put("cup"));
      first.ask("jugs", new Put("jug"));
    }
    broken.set(true);

    try (Instance second = Instance.start(place, Setup.usual().with(Shelf.rules(shelf)))) {
      assertThat(second.journal().halted()).isEqualTo(Map.of("cups", "cannot fold a cup"));
      assertThat(second.journal().state("cups")).isEmpty();
      assertThat(second.journal().troubles())
          .extracting(Trouble::where, Trouble::fix)
          .containsExactly(tuple("cups", "Remove the cause, then: floe platform resume cups"));
      assertThat(second.ask("jugs", new Put("jug")).accepted()).isTrue();
      assertThatThrownBy(() -> second.ask("cups", new Resume())).hasCauseInstanceOf(Halted.class);

      broken.set(false);
      second.ask("cups", new Resume());

      assertThat(second.journal().troubles()).isEmpty();
      assertThat(second.ask("cups", new Put("cup")).facts().getFirst().sequence()).isEqualTo(2);
    }
  }
}
