package dev.floe.messaging.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.floe.kernel.Journal.Halted;
import dev.floe.kernel.Recorded;
import dev.floe.kernel.Requirement;
import dev.floe.messaging.DeadLetters;
import dev.floe.messaging.Envelope;
import dev.floe.messaging.Ids;
import dev.floe.messaging.Shelf;
import dev.floe.messaging.Shelf.Command.Explode;
import dev.floe.messaging.Shelf.Command.Put;
import dev.floe.messaging.Shelf.Command.Resume;
import dev.floe.messaging.Shelf.Event;
import dev.floe.messaging.Shelf.State;
import dev.floe.messaging.Tokens;
import dev.floe.messaging.Verification.Verified;
import dev.floe.messaging.avro.AvroWire;
import dev.floe.messaging.journal.Instance.Setup;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Rule 9: what cannot be handled stops itself, and nothing beside it. */
@Requirement("330.1")
class PoisonIT {

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
  void a_halted_subject_is_named_and_goes_on_where_it_was_once_it_is_resumed() {
    try (Instance instance = Instance.start(place)) {
      instance.ask("cups", new Put("cup"));
      assertThatThrownBy(() -> instance.ask("cups", new Explode()))
          .hasCauseInstanceOf(Halted.class);
      assertThatThrownBy(() -> instance.ask("cups", new Put("cup")))
          .hasCauseInstanceOf(Halted.class);
      assertThat(instance.journal().halted()).isEqualTo(Map.of("cups", "the shelf exploded"));
      assertThat(instance.journal().state("cups")).isEmpty();
      assertThat(instance.ask("jugs", new Put("jug")).accepted()).isTrue();

      instance.ask("cups", new Resume());

      assertThat(instance.journal().halted()).isEmpty();
      assertThat(instance.ask("cups", new Put("pan")).facts())
          .extracting(Recorded::sequence)
          .containsExactly(2L);
      assertThat(instance.journal().state("cups"))
          .contains(new State(Map.of("cup", 1, "pan", 1), null));
    }
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
      assertThat(second.ask("jugs", new Put("jug")).accepted()).isTrue();
      assertThatThrownBy(() -> second.ask("cups", new Resume())).hasCauseInstanceOf(Halted.class);

      broken.set(false);
      second.ask("cups", new Resume());

      assertThat(second.ask("cups", new Put("cup")).facts().getFirst().sequence()).isEqualTo(2);
    }
  }
}
