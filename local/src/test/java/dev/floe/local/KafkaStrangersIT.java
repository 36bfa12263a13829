package dev.floe.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.access.CommandTokens;
import dev.floe.access.ServiceKey;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Requirement;
import dev.floe.messaging.DeadLetters;
import dev.floe.messaging.Envelope;
import dev.floe.messaging.KafkaConnection;
import dev.floe.messaging.avro.AvroWire;
import dev.floe.promotion.v1.RegisterVersion;
import dev.floe.schemas.Topic;
import dev.floe.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Kafka's public listener, and what somebody without a key gets done through it: nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaStrangersIT {

  private static final String COMMANDS = Topics.PROMOTION_COMMANDS.name();
  private static final String ARTIFACT = "elsewhere";

  private Whole whole;
  private KafkaConnection kafka;
  private AvroWire wire;
  private Producer<byte[], byte[]> producer;
  private Course course;
  private String digest;

  @BeforeAll
  void start() {
    whole = Whole.running();
    whole.apply(Manifests.COURSE);
    kafka = KafkaConnection.plain(FloeJson.read(whole.data(), "kafka").orElseThrow());
    wire = new AvroWire(new Lookups(whole.door().url() + "/schema-registry"));
    producer = kafka.producer("stranger");
    course = whole.course(ARTIFACT, "v1.0.0");
    digest = course.publish();
  }

  @AfterAll
  void stop() {
    producer.close(Duration.ZERO);
  }

  @Test
  @Requirement("330.9")
  void a_command_moves_nothing_without_a_token_or_with_one_by_another_key() throws Exception {
    byte[] value = register("v6.6.6");
    String unsigned = send(ARTIFACT, value, null);
    String foreign = send(ARTIFACT, value, token(ARTIFACT, value));
    String garbage = send(ARTIFACT, new byte[] {1, 2, 3}, token(ARTIFACT, new byte[] {1, 2, 3}));

    for (String id : List.of(unsigned, foreign, garbage)) {
      ConsumerRecord<byte[], byte[]> letter = letter(id);
      assertThat(header(letter, DeadLetters.REASON)).isEqualTo("invalid-token");
      assertThat(header(letter, DeadLetters.DETAIL)).isNotBlank();
      assertThat(letter.headers().lastHeader(Envelope.AUTHORIZATION)).isNull();
    }
    Person dana = whole.door().as(Course.DANA);
    String trail = "/api/v1/audit?artifact=%s&version=v6.6.6".formatted(ARTIFACT);
    assertThat(dana.get(trail).text("code")).isEqualTo("unknown-version");
    Reply versions = dana.get(course.versions());
    assertThat(versions.texts("versions", "version")).containsExactly("v1.0.0");
    assertThat(replies()).doesNotContain(unsigned, foreign, garbage);
  }

  private String token(String key, byte[] value) {
    var strange = ServiceKey.of("promotion-service", COMMANDS, new byte[32]);
    return CommandTokens.authorization(
        strange, Actor.user(Course.ADA), key, lastId, value, Instant.now());
  }

  private String lastId = UUID.randomUUID().toString();

  @Test
  void a_real_command_that_was_overheard_works_neither_again_nor_changed() throws Exception {
    ConsumerRecord<byte[], byte[]> heard = overheard();
    int before = course.trail("artifact=" + ARTIFACT).size();

    producer.send(again(heard, ARTIFACT, heard.value(), null)).get();
    var changed = again(heard, ARTIFACT, register("v6.6.7"), "overheard-changed");
    var rekeyed = again(heard, "strange", heard.value(), "overheard-rekeyed");
    producer.send(changed).get();
    producer.send(rekeyed).get();

    assertThat(header(letter("overheard-changed"), DeadLetters.REASON)).isEqualTo("invalid-token");
    assertThat(header(letter("overheard-rekeyed"), DeadLetters.REASON)).isEqualTo("invalid-token");
    assertThat(course.trail("artifact=" + ARTIFACT)).hasSize(before);
    assertThat(whole.registry().digest("dev/" + ARTIFACT, "v1.0.0-dev")).contains(digest);
  }

  /** The command that the front sent for the publication, as anyone can read it. */
  private ConsumerRecord<byte[], byte[]> overheard() {
    return read(COMMANDS).stream()
        // Strangers of other tests send commands without a key.
        .filter(record -> record.key() != null)
        .filter(record -> new String(record.key(), UTF_8).equals(ARTIFACT))
        .filter(record -> header(record, Envelope.TYPE).endsWith("RegisterVersion"))
        .findFirst()
        .orElseThrow();
  }

  /** The same under another key, with another value or another id. */
  private static ProducerRecord<byte[], byte[]> again(
      ConsumerRecord<byte[], byte[]> heard, String key, byte[] value, @Nullable String id) {
    return new ProducerRecord<>(
        COMMANDS, null, null, key.getBytes(UTF_8), value, headers(heard, id));
  }

  private static Headers headers(ConsumerRecord<byte[], byte[]> heard, @Nullable String id) {
    var headers = new RecordHeaders(heard.headers().toArray());
    if (id != null) {
      headers.remove(Envelope.ID);
      headers.add(Envelope.ID, id.getBytes(UTF_8));
    }
    return headers;
  }

  @Test
  void every_other_topic_is_closed_for_writing_and_the_cluster_for_changes() throws Exception {
    for (Topic topic : Topics.all(Infrastructure.PARTITIONS)) {
      if (!topic.name().equals(COMMANDS)) {
        var record = new ProducerRecord<>(topic.name(), "k".getBytes(UTF_8), new byte[] {0});
        assertThatThrownBy(() -> producer.send(record).get())
            .as(topic.name())
            .hasCauseInstanceOf(AuthorizationException.class);
      }
    }
    try (Admin admin = kafka.admin("stranger")) {
      var made = admin.createTopics(List.of(new NewTopic("floe.mine", 1, (short) 1)));
      assertThatThrownBy(() -> made.all().get()).hasCauseInstanceOf(AuthorizationException.class);
      var gone = admin.deleteTopics(List.of(Topics.PROMOTION_EVENTS.name()));
      assertThatThrownBy(() -> gone.all().get()).hasCauseInstanceOf(AuthorizationException.class);
      var partition = new TopicPartition(COMMANDS, 0);
      var skip =
          admin.alterConsumerGroupOffsets(
              "promotion-service", Map.of(partition, new OffsetAndMetadata(1_000_000)));
      assertThatThrownBy(() -> skip.all().get()).hasCauseInstanceOf(AuthorizationException.class);
    }
    try (var writer = kafka.transactionalProducer("promotion-service-0")) {
      assertThatThrownBy(writer::initTransactions).isInstanceOf(AuthorizationException.class);
    }
  }

  @Test
  void the_services_listener_takes_nobody_without_the_password() throws Exception {
    String port = StrangersIT.ports(whole.data().resolve("kafka")).getProperty("services");
    Map<String, Object> guessing = new HashMap<>();
    guessing.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + port);
    guessing.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 4_000);
    guessing.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
    assertNoEntry(guessing);
    guessing.put("security.protocol", "SASL_PLAINTEXT");
    guessing.put("sasl.mechanism", "SCRAM-SHA-512");
    guessing.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required "
            + "username=\"floe-services\" password=\"guessed\";");
    assertNoEntry(guessing);
  }

  private static void assertNoEntry(Map<String, Object> settings) {
    try (Admin admin = Admin.create(settings)) {
      var names = admin.listTopics().names();
      assertThatThrownBy(names::get)
          .hasCauseInstanceOf(org.apache.kafka.common.KafkaException.class);
    }
  }

  private byte[] register(String version) {
    return wire.encode(
        COMMANDS,
        RegisterVersion.newBuilder()
            .setVersion(version)
            .setDigest(digest)
            .setSize(1)
            .setMediaType("application/vnd.oci.image.manifest.v1+json")
            .build());
  }

  private String send(String key, byte[] value, @Nullable String authorization) throws Exception {
    String id = lastId;
    List<Header> headers = new ArrayList<>();
    headers.add(header(Envelope.ID, id));
    headers.add(header(Envelope.TYPE, "dev.floe.promotion.v1.RegisterVersion"));
    if (authorization != null) {
      headers.add(header(Envelope.AUTHORIZATION, authorization));
    }
    producer
        .send(new ProducerRecord<>(COMMANDS, null, null, key.getBytes(UTF_8), value, headers))
        .get();
    lastId = UUID.randomUUID().toString();
    return id;
  }

  private static Header header(String name, String value) {
    return new org.apache.kafka.common.header.internals.RecordHeader(name, value.getBytes(UTF_8));
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return Envelope.text(record.headers(), name).orElse("");
  }

  private ConsumerRecord<byte[], byte[]> letter(String id) {
    return Awaitility.await("dead letter of " + id)
        .atMost(Course.PATIENCE)
        .until(() -> find(id), Optional::isPresent)
        .orElseThrow();
  }

  private Optional<ConsumerRecord<byte[], byte[]>> find(String id) {
    return read(COMMANDS + ".dlt").stream()
        .filter(record -> header(record, Envelope.ID).equals(id))
        .findFirst();
  }

  private List<String> replies() {
    return read(Topics.REPLIES.name()).stream()
        .map(record -> new String(record.key(), UTF_8))
        .toList();
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    return Log.read(kafka, topic, Infrastructure.PARTITIONS);
  }
}
