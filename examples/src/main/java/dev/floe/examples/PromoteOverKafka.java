package dev.floe.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Another service that promotes: signs a command, sends it, and says what floe answers. */
public final class PromoteOverKafka {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String USAGE =
      """
      usage: promote-over-kafka new-key FOLDER
                 writes ci-key.json, which signs, and ci-jwks.json for the manifest
             promote-over-kafka send FLOE.JSON KEY SIGNER ARTIFACT VERSION ENVIRONMENT
                 sends the command and waits for the answer
             promote-over-kafka sign FLOE.JSON KEY SIGNER ARTIFACT VERSION ENVIRONMENT FOLDER
                 writes value, headers, id and kafka for another client to send
      """;

  private PromoteOverKafka() {}

  public static void main(String[] args) throws Exception {
    try {
      System.exit(run(List.of(args)));
    } catch (IOException wrong) {
      System.err.println("promote-over-kafka: " + wrong.getMessage());
      System.exit(1);
    }
  }

  private static int run(List<String> args) throws Exception {
    String what = args.isEmpty() ? "" : args.getFirst();
    return switch (what + " " + args.size()) {
      case "new-key 2" -> newKey(Path.of(args.get(1)));
      case "send 7" -> send(args);
      case "sign 8" -> sign(args, Path.of(args.get(7)));
      default -> {
        System.err.print(USAGE);
        yield 2;
      }
    };
  }

  private static int newKey(Path folder) throws IOException {
    Files.createDirectories(folder);
    SenderKey key = SenderKey.create();
    key.save(folder.resolve("ci-key.json"));
    Path jwks = folder.resolve("ci-jwks.json");
    Files.writeString(jwks, key.publicKeys());
    System.out.println(jwks.toAbsolutePath());
    return 0;
  }

  private static int send(List<String> args) throws Exception {
    Floe floe = Floe.read(Path.of(args.get(1)));
    try (var schemas = new Schemas(floe.schemaRegistry());
        var answers = Answers.open(floe, schemas);
        var producer = producer(floe)) {
      SignedCommand command = command(args, schemas);
      RecordMetadata taken = taken(producer, command);
      System.err.printf("sent %s to %s%n", command.id(), taken);
      Optional<GenericRecord> answer = answers.await(command.id(), PATIENCE);
      if (answer.isEmpty()) {
        System.err.printf(
            "no answer in %s: look for %s in floe.promotion.commands.dlt%n",
            PATIENCE, command.id());
        return 1;
      }
      return told(answer.get());
    }
  }

  private static RecordMetadata taken(Producer<String, byte[]> producer, SignedCommand command)
      throws InterruptedException, ExecutionException {
    return producer.send(command.record()).get();
  }

  private static int told(GenericRecord answer) {
    String kind = answer.getSchema().getName();
    System.out.printf("%s %s%n", kind, answer.hasField("subject") ? answer.get("subject") : "");
    if (answer.hasField("reasons") && answer.get("reasons") instanceof List<?> reasons) {
      reasons.forEach(reason -> System.out.println("  " + reason));
    }
    return kind.equals("CommandAccepted") ? 0 : 1;
  }

  /** For clients that can neither write Avro nor sign: what they have to send, in files. */
  private static int sign(List<String> args, Path folder) throws Exception {
    Floe floe = Floe.read(Path.of(args.get(1)));
    try (var schemas = new Schemas(floe.schemaRegistry())) {
      SignedCommand command = command(args, schemas);
      Files.createDirectories(folder);
      Files.write(folder.resolve("value"), command.value());
      var headers = new StringBuilder();
      command
          .headers()
          .forEach((name, text) -> headers.append(name).append('=').append(text).append('\n'));
      Files.writeString(folder.resolve("headers"), headers, StandardCharsets.UTF_8);
      Files.writeString(folder.resolve("id"), command.id() + "\n");
      Files.writeString(folder.resolve("kafka"), floe.kafka() + "\n");
      return 0;
    }
  }

  private static SignedCommand command(List<String> args, Schemas schemas) throws Exception {
    SenderKey key = SenderKey.read(Path.of(args.get(2)));
    var wish = new Wish(args.get(4), args.get(5), args.get(6));
    return SignedCommand.of(wish, args.get(3), key, schemas);
  }

  /** Java's default partitioner hashes keys with murmur2, as floe demands. */
  public static Producer<String, byte[]> producer(Floe floe) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            floe.kafka(),
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            StringSerializer.class,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class));
  }
}
