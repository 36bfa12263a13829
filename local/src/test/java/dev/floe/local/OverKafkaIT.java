package dev.floe.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.floe.examples.SenderKey;
import dev.floe.examples.SignedCommand;
import dev.floe.examples.Wish;
import dev.floe.kernel.Requirement;
import dev.floe.messaging.DeadLetters;
import dev.floe.messaging.Envelope;
import dev.floe.schemas.Topics;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Another service promotes over Kafka, as {@code examples} shows it; and so does nobody else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverKafkaIT {

  private static final String COMMANDS = Topics.PROMOTION_COMMANDS.name();
  private static final String SIGNER = "signer:ci";
  private static final String REPLIES = "ci.replies";
  private static final String MADE = "over-kafka";
  private static final String KCAT = "over-kcat";

  /** What nobody gets to move. */
  private static final String GUARDED = "guarded";

  private Whole whole;
  private BuildSystem ci;
  private Path keyFile;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    List<String> artifacts = List.of(MADE, KCAT, GUARDED);
    whole = Whole.running();
    ci = BuildSystem.knownTo(whole, folder, artifacts);
    keyFile = folder.resolve("ci-key.json");
    artifacts.forEach(artifact -> whole.course(artifact, "v1.0.0").publish());
  }

  @AfterAll
  void stop() {
    ci.close();
    whole.apply(Manifests.COURSE);
  }

  @Test
  @Requirement("330.9")
  void a_signed_command_promotes_in_the_signers_name_once_however_often_it_is_sent()
      throws Exception {
    Course course = whole.course(MADE, "v1.0.0");
    SignedCommand command = ci.command(MADE);

    GenericRecord first = ci.sendAndAwait(command, command.record());
    String id = first.get("subject").toString();
    course.await(id, "succeeded");
    ProducerRecord<String, byte[]> replayed = command.record();
    replayed.headers().add("reply-to", "floe.status".getBytes(UTF_8));
    GenericRecord again = ci.sendAndAwait(command, replayed);

    assertThat(first.getSchema().getName()).isEqualTo("CommandAccepted");
    assertThat(again).isEqualTo(first);
    assertThat(course.events(id)).containsOnlyOnce("promotion_requested", "promotion_succeeded");
    assertThat(users(course, "&event=promotion_requested")).containsExactly(SIGNER);
    assertThat(whole.registry().tags("staging/" + MADE)).contains("v1.0.0-staging");
    assertThat(ci.read(Topics.STATUS.name()))
        .extracting(BuildSystem::key)
        .doesNotContain(command.id());
  }

  @Test
  @Requirement("330.9")
  void what_is_asked_for_in_vain_is_refused_with_its_reasons_and_recorded() throws Exception {
    SignedCommand command = ci.command("strange-one");

    GenericRecord refused = ci.sendAndAwait(command, command.record());

    assertThat(refused.getSchema().getName()).isEqualTo("CommandRefused");
    assertThat(refused.get("reasons").toString()).contains("unknown-artifact");
    Course course = whole.course("strange-one", "v1.0.0");
    Awaitility.await()
        .atMost(Course.PATIENCE)
        .untilAsserted(() -> assertThat(users(course, "")).containsExactly(SIGNER));
  }

  private static List<String> users(Course course, String more) {
    return course.trail("artifact=" + course.artifact() + more).stream()
        .map(entry -> entry.text("user").orElse(""))
        .toList();
  }

  @Test
  void what_a_sender_says_led_to_its_command_is_not_believed() throws Exception {
    SignedCommand command = ci.command("strange-two");
    ProducerRecord<String, byte[]> claiming = command.record();
    claiming.headers().add(Envelope.CAUSE_POSITION, "floe.gate.events/0/1000000".getBytes(UTF_8));

    var _ = ci.sendAndAwait(command, claiming);

    assertThat(ci.events("strange-two"))
        .extracting(event -> BuildSystem.header(event, Envelope.SOURCE_POSITION))
        .containsExactly("");
  }

  @Test
  @Requirement("330.9")
  void a_command_without_its_key_moves_nothing() throws Exception {
    SignedCommand command = ci.command(GUARDED);

    assertDead(command, moved(command, null, null), "wrong-partition");
  }

  @Test
  @Requirement("330.9")
  void a_command_under_another_artifacts_key_moves_neither() throws Exception {
    SignedCommand forAnother = ci.command(MADE);
    assertDead(forAnother, moved(forAnother, null, GUARDED), "invalid-token");

    SignedCommand command = ci.command(GUARDED);
    assertDead(command, moved(command, null, "rekeyed"), "invalid-token");
    assertThat(ci.events("rekeyed")).isEmpty();
  }

  @Test
  @Requirement("330.9")
  void an_unsigned_command_moves_nothing() throws Exception {
    SignedCommand command = ci.command(GUARDED);
    ProducerRecord<String, byte[]> unsigned = command.record();
    unsigned.headers().remove(Envelope.AUTHORIZATION);

    assertDead(command, unsigned, "invalid-token");
  }

  @Test
  @Requirement("330.9")
  void a_command_signed_with_a_strangers_key_moves_nothing() throws Exception {
    SignedCommand command = ci.command(wish(null), SenderKey.create());

    assertDead(command, command.record(), "invalid-token");
  }

  @Test
  @Requirement("330.9")
  void a_signature_moved_to_another_command_moves_nothing() throws Exception {
    SignedCommand toStaging = ci.command(GUARDED);
    SignedCommand toProd = ci.command(new Wish(GUARDED, "v1.0.0", "prod"));
    var swapped =
        new ProducerRecord<>(
            COMMANDS, null, GUARDED, toProd.record().value(), toStaging.record().headers());

    assertDead(toStaging, swapped, "invalid-token");
  }

  @Test
  @Requirement("330.9")
  void a_command_that_wants_its_answer_on_a_foreign_topic_moves_nothing() throws Exception {
    SignedCommand command = ci.command(wish("floe.promotion.events"));

    assertDead(command, command.record(), "invalid-token");
  }

  @Test
  @Requirement("330.9")
  void an_answer_comes_on_the_topic_that_the_manifest_lists_too() throws Exception {
    SignedCommand command = ci.command(new Wish("strange-three", "v1.0.0", "staging", REPLIES));

    GenericRecord answer = ci.sendAndAwait(command, command.record());

    assertThat(answer.getSchema().getName()).isEqualTo("CommandRefused");
    Awaitility.await()
        .atMost(Course.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(ci.read(REPLIES, 1))
                    .extracting(BuildSystem::key)
                    .contains(command.id()));
  }

  @Test
  @Requirement("330.9")
  void kcat_promotes_what_the_example_has_signed() throws Exception {
    assumeThat(programs("kcat")).as("kcat is installed").isNotEmpty();
    Path script = Path.of("..", "examples", "promote-with-kcat.sh").toRealPath();
    String floe = whole.data().resolve(FloeJson.FILE).toString();
    var process =
        new ProcessBuilder(
            script.toString(), floe, keyFile.toString(), "ci", KCAT, "v1.0.0", "staging");
    process.environment().put("EXAMPLES_CLASSPATH", System.getProperty("java.class.path"));
    process.environment().put("JAVA_HOME", System.getProperty("java.home"));
    process.redirectErrorStream(true);

    Process running = process.start();
    String said = new String(running.getInputStream().readAllBytes(), UTF_8);

    assertThat(running.waitFor()).as(said).isZero();
    assertThat(said).contains("CommandAccepted " + KCAT);
    Awaitility.await()
        .atMost(Course.PATIENCE)
        .untilAsserted(
            () -> assertThat(whole.registry().tags("staging/" + KCAT)).contains("v1.0.0-staging"));
  }

  private static List<Path> programs(String name) {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Stream.of(path.split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .toList();
  }

  private static Wish wish(@Nullable String replyTo) {
    return new Wish(GUARDED, "v1.0.0", "staging", replyTo);
  }

  /** The command's record somewhere else than where it belongs. */
  private static ProducerRecord<String, byte[]> moved(
      SignedCommand command, @Nullable Integer partition, @Nullable String otherKey) {
    ProducerRecord<String, byte[]> record = command.record();
    var headers = new RecordHeaders(record.headers().toArray());
    return new ProducerRecord<>(COMMANDS, partition, otherKey, record.value(), headers);
  }

  /** The letter and the offset are one transaction: once it is there, nothing more will come. */
  private void assertDead(
      SignedCommand command, ProducerRecord<String, byte[]> record, String reason)
      throws Exception {
    ci.send(record);

    ConsumerRecord<byte[], byte[]> letter =
        Awaitility.await("dead letter of " + command.id())
            .atMost(Course.PATIENCE)
            .until(() -> ci.deadLetter(command), Optional::isPresent)
            .orElseThrow();
    assertThat(BuildSystem.header(letter, DeadLetters.REASON)).isEqualTo(reason);
    assertThat(BuildSystem.header(letter, DeadLetters.DETAIL)).isNotBlank();
    assertThat(BuildSystem.header(letter, Envelope.AUTHORIZATION)).isEmpty();
    assertThat(ci.events(GUARDED))
        .extracting(event -> BuildSystem.header(event, Envelope.TYPE))
        .containsExactly("dev.floe.promotion.v1.ArtifactPublished");
    assertThat(ci.answer(command, Duration.ofMillis(300))).isEmpty();
    assertThat(whole.registry().tags("staging/" + GUARDED)).isEmpty();
  }
}
