package dev.floe.messaging.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Requirement;
import dev.floe.messaging.DeadLetters;
import dev.floe.messaging.Envelope;
import dev.floe.messaging.Ids;
import dev.floe.messaging.KeyPartition;
import dev.floe.messaging.Shelf.Command.Put;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rule 7: nothing that a record says of itself is believed; its token is. */
@Requirement("330.9")
class ForeignClaimsIT {

  private static final String KEY = "cups";

  private final JournalPlace place = Instance.KAFKA.place();
  private final RawProducer raw = RawProducer.plain();
  private final Instance instance = Instance.start(place);

  @BeforeEach
  void something_is_there() {
    instance.ask(KEY, new Put("cup"));
  }

  @AfterEach
  void stop() {
    instance.close();
    raw.close();
  }

  @Test
  void a_command_without_a_token_is_a_dead_letter() {
    ProducerRecord<byte[], byte[]> record = command();
    record.headers().remove(Envelope.AUTHORIZATION);

    raw.send(record);

    assertDead("invalid-token", "no token");
  }

  @Test
  void a_token_for_another_record_is_no_token() {
    ProducerRecord<byte[], byte[]> record = command();
    record.headers().remove(Envelope.ID);
    record.headers().add(Envelope.ID, Ids.random().getBytes(StandardCharsets.UTF_8));

    raw.send(record);

    assertDead("invalid-token", "for another record");
  }

  @Test
  void a_dead_letter_keeps_the_record_and_loses_its_credential() {
    ProducerRecord<byte[], byte[]> record = command();
    record.headers().remove(Envelope.ID);
    record.headers().add(Envelope.ID, "elsewhere".getBytes(StandardCharsets.UTF_8));

    raw.send(record);

    ConsumerRecord<byte[], byte[]> letter = letter();
    assertThat(letter.value()).isEqualTo(record.value());
    assertThat(letter.key()).isEqualTo(record.key());
    assertThat(Envelope.text(letter.headers(), Envelope.ID)).contains("elsewhere");
    assertThat(letter.headers().lastHeader(Envelope.AUTHORIZATION)).isNull();
    assertThat(Envelope.position(letter.headers(), DeadLetters.POSITION)).isPresent();
  }

  @Test
  void a_record_without_key_is_a_dead_letter() {
    raw.send(RawProducer.changed(command(), 0, null, List.of()));

    assertDead("wrong-partition", "the key is missing");
  }

  @Test
  void a_record_in_another_keys_partition_is_a_dead_letter() {
    ProducerRecord<byte[], byte[]> record = command();
    int wrong = (KeyPartition.of(KEY, 3) + 1) % 3;

    raw.send(RawProducer.changed(record, wrong, record.key(), List.of()));

    assertDead("wrong-partition", "murmur2_random");
  }

  @Test
  void who_the_headers_name_is_not_who_the_event_names() {
    ProducerRecord<byte[], byte[]> record = command();
    record.headers().remove(Envelope.AUTH_ID);
    record.headers().add(Envelope.AUTH_ID, "eve@evil.com".getBytes(StandardCharsets.UTF_8));

    raw.send(record);

    await()
        .untilAsserted(
            () ->
                assertThat(Instance.log(place))
                    .hasSize(2)
                    .allSatisfy(
                        fact -> assertThat(fact.by()).isEqualTo(Actor.user("ada@acme.com"))));
  }

  @Test
  void a_foreign_reply_topic_neither_gets_an_answer_nor_stops_the_batch() {
    var replyTo = new RecordHeader("reply-to", "no.such.topic".getBytes(StandardCharsets.UTF_8));
    ProducerRecord<byte[], byte[]> record = command();

    raw.send(RawProducer.changed(record, record.partition(), record.key(), List.of(replyTo)));

    long begin = System.nanoTime();
    assertThat(instance.ask(KEY, new Put("jug")).facts().getFirst().sequence()).isEqualTo(3);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    assertThat(Instance.KAFKA.admin().listTopics().names())
        .satisfies(names -> assertThat(names.get()).doesNotContain("no.such.topic"));
  }

  private ProducerRecord<byte[], byte[]> command() {
    return raw.command(place, Ids.random(), KEY, new Put("cup"));
  }

  private ConsumerRecord<byte[], byte[]> letter() {
    await().untilAsserted(() -> assertThat(letters()).hasSize(1));
    return letters().getFirst();
  }

  private void assertDead(String reason, String detail) {
    ConsumerRecord<byte[], byte[]> letter = letter();
    assertThat(Envelope.text(letter.headers(), DeadLetters.REASON)).contains(reason);
    assertThat(Envelope.text(letter.headers(), DeadLetters.DETAIL).orElseThrow()).contains(detail);
    assertThat(Instance.log(place)).hasSize(1);
    assertThat(instance.ask(KEY, new Put("jug")).accepted()).isTrue();
  }

  private List<ConsumerRecord<byte[], byte[]>> letters() {
    return Instance.KAFKA.all(
        place.commands().deadLetters("").name(), place.commands().partitions());
  }
}
