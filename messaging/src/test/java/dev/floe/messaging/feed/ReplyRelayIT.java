package dev.floe.messaging.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.floe.kernel.Requirement;
import dev.floe.messaging.CommandVerifier;
import dev.floe.messaging.Envelope;
import dev.floe.messaging.Ids;
import dev.floe.messaging.Shelf.Command.Put;
import dev.floe.messaging.TestKafka;
import dev.floe.messaging.Tokens;
import dev.floe.messaging.Verification.Verified;
import dev.floe.messaging.journal.Instance;
import dev.floe.messaging.journal.JournalPlace;
import dev.floe.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Requirement("330.9")
class ReplyRelayIT {

  private static final TestKafka KAFKA = TestKafka.get();

  private final JournalPlace place = KAFKA.place();
  private final String wanted = place.service() + ".replies";

  @BeforeEach
  void create() throws Exception {
    KAFKA.admin().createTopics(List.of(new NewTopic(wanted, 1, (short) 1))).all().get();
  }

  /** Everyone who asks wants the answer on that topic, and may. */
  private Instance wanting(String topic) {
    CommandVerifier verifier =
        (name, key, id, value, token, at) ->
            switch (Tokens.verifier().verify(name, key, id, value, token, at)) {
              case Verified verified ->
                  new Verified(verified.by(), Optional.of(topic), verified.life());
              case dev.floe.messaging.Verification.Invalid invalid -> invalid;
            };
    return Instance.verifying(place, verifier);
  }

  @Test
  void an_answer_goes_where_its_sender_may_have_it_with_its_key_value_and_headers() {
    String id = Ids.random();
    try (Instance instance = wanting(wanted);
        ReplyRelay _ = ReplyRelay.start(KAFKA.connection())) {
      var _ = instance.ask(id, "cups", new Put("cup"));

      await().untilAsserted(() -> assertThat(ids()).containsExactly(id));
    }
    ConsumerRecord<byte[], byte[]> copy = copies().getFirst();
    ConsumerRecord<byte[], byte[]> original =
        KAFKA.all(Topics.REPLIES.name(), TestKafka.PARTITIONS).stream()
            // Others write to the shared broker too, some without a key.
            .filter(record -> record.key() != null && id.equals(key(record)))
            .findFirst()
            .orElseThrow();
    assertThat(copy.value()).isEqualTo(original.value());
    assertThat(Envelope.text(original.headers(), Envelope.REPLY_TO)).contains(wanted);
    original.headers().remove(Envelope.REPLY_TO);
    assertThat(Arrays.asList(copy.headers().toArray()))
        .isEqualTo(Arrays.asList(original.headers().toArray()));
  }

  @Test
  void an_answer_that_nobody_wants_elsewhere_stays() {
    assertOnlyTheSecondComes(Instance.start(place));
  }

  @Test
  void a_topic_that_is_not_there_holds_up_nobody_else() {
    assertOnlyTheSecondComes(wanting("nobody.made.this"));
  }

  private void assertOnlyTheSecondComes(Instance first) {
    String second = Ids.random();
    try (ReplyRelay _ = ReplyRelay.start(KAFKA.connection())) {
      try (first) {
        var _ = first.ask("cups", new Put("cup"));
      }
      try (Instance instance = wanting(wanted)) {
        var _ = instance.ask(second, "cups", new Put("jug"));
      }
      await().untilAsserted(() -> assertThat(ids()).containsExactly(second));
    }
  }

  @Test
  void a_relay_that_starts_late_or_again_forwards_what_it_has_not() {
    String first = Ids.random();
    String second = Ids.random();
    try (Instance instance = wanting(wanted)) {
      try (ReplyRelay _ = ReplyRelay.start(KAFKA.connection())) {
        var _ = instance.ask(first, "cups", new Put("cup"));
        await().untilAsserted(() -> assertThat(ids()).containsExactly(first));
      }
      var _ = instance.ask(second, "cups", new Put("jug"));
      assertThat(ids()).containsExactly(first);
      try (ReplyRelay _ = ReplyRelay.start(KAFKA.connection())) {
        // At least once: the first may come again where its place was not stored in time.
        await().untilAsserted(() -> assertThat(ids()).contains(second));
      }
    }
  }

  private List<String> ids() {
    return copies().stream().map(ReplyRelayIT::key).toList();
  }

  private List<ConsumerRecord<byte[], byte[]>> copies() {
    return KAFKA.all(wanted, 1);
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.key(), StandardCharsets.UTF_8);
  }
}
