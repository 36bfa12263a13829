package dev.floe.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.floe.examples.Answers;
import dev.floe.examples.Floe;
import dev.floe.examples.PromoteOverKafka;
import dev.floe.examples.Schemas;
import dev.floe.examples.SenderKey;
import dev.floe.examples.SignedCommand;
import dev.floe.examples.Wish;
import dev.floe.messaging.Envelope;
import dev.floe.messaging.KafkaConnection;
import dev.floe.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The signer {@code ci}: another service on Kafka's public listener, with the example's means. */
final class BuildSystem implements AutoCloseable {

  private final SenderKey key;
  private final Floe floe;
  private final Schemas schemas;
  private final Answers answers;
  private final Producer<String, byte[]> producer;

  private BuildSystem(SenderKey key, Floe floe) {
    this.key = key;
    this.floe = floe;
    this.schemas = new Schemas(floe.schemaRegistry());
    this.answers = Answers.open(floe, schemas);
    this.producer = PromoteOverKafka.producer(floe);
  }

  /** Applies a manifest that knows the key in {@code folder}, and these artifacts too. */
  static BuildSystem knownTo(Whole whole, Path folder, List<String> artifacts) throws IOException {
    SenderKey key = SenderKey.create();
    key.save(folder.resolve("ci-key.json"));
    Path jwks = Files.writeString(folder.resolve("ci-jwks.json"), key.publicKeys());
    String named = "artifact: [" + String.join(", ", artifacts) + ", ";
    whole.apply(
        Manifests.COURSE.replaceFirst("artifact: \\[", named)
            + """
            auth:
              command_signers:
                - {name: ci, jwks: "file:%s", may: [promote], reply_to: [ci.replies]}
            """
                .formatted(jwks));
    return new BuildSystem(key, Floe.read(whole.data().resolve(FloeJson.FILE)));
  }

  /** Asks for v1.0.0 to enter staging. */
  SignedCommand command(String artifact) throws Exception {
    return command(new Wish(artifact, "v1.0.0", "staging"));
  }

  SignedCommand command(Wish wish) throws Exception {
    return command(wish, key);
  }

  SignedCommand command(Wish wish, SenderKey other) throws Exception {
    return SignedCommand.of(wish, "ci", other, schemas);
  }

  void send(ProducerRecord<String, byte[]> record) throws Exception {
    var _ = producer.send(record).get();
  }

  GenericRecord sendAndAwait(SignedCommand command, ProducerRecord<String, byte[]> record)
      throws Exception {
    send(record);
    return answer(command, Course.PATIENCE).orElseThrow();
  }

  Optional<GenericRecord> answer(SignedCommand command, Duration limit) throws Exception {
    return answers.await(command.id(), limit);
  }

  Optional<ConsumerRecord<byte[], byte[]>> deadLetter(SignedCommand command) {
    return read(Topics.PROMOTION_COMMANDS.name() + ".dlt").stream()
        .filter(record -> header(record, Envelope.ID).equals(command.id()))
        .findFirst();
  }

  /** The promotion service's events about an artifact. */
  List<ConsumerRecord<byte[], byte[]>> events(String artifact) {
    return read(Topics.PROMOTION_EVENTS.name()).stream()
        .filter(record -> artifact.equals(key(record)))
        .toList();
  }

  List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    return read(topic, Infrastructure.PARTITIONS);
  }

  List<ConsumerRecord<byte[], byte[]>> read(String topic, int partitions) {
    return Log.read(KafkaConnection.plain(floe.kafka()), topic, partitions);
  }

  static String key(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null ? "" : new String(record.key(), UTF_8);
  }

  static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return Envelope.text(record.headers(), name).orElse("");
  }

  @Override
  public void close() {
    producer.close();
    answers.close();
    schemas.close();
  }
}
