package dev.floe.local;

import dev.floe.embedded.folder.CannotStartException;
import dev.floe.embedded.folder.DataFolder;
import dev.floe.embedded.kafka.KafkaBroker;
import dev.floe.embedded.postgres.PostgresServer;
import dev.floe.embedded.schemaregistry.SchemaRegistryServer;
import dev.floe.embedded.schemaregistry.Writers;
import dev.floe.manifest.Manifest;
import dev.floe.messaging.Bus;
import dev.floe.messaging.KafkaConnection;
import dev.floe.messaging.TopicsSetup;
import dev.floe.schemas.Topics;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The real parts that everything stands on: broker, schema registry, topics, PostgreSQL, a disk.
 */
record Infrastructure(
    KafkaBroker broker,
    PostgresServer postgres,
    SchemaRegistryServer schemas,
    Bus bus,
    Storage storage,
    Closer started)
    implements AutoCloseable {

  /** One machine gains nothing by more, and each costs producers, threads and open files. */
  static final int PARTITIONS = 1;

  /**
   * Starts the parts in their order; PostgreSQL beside the others, for nothing waits for it.
   *
   * @param minFreeMb megabytes to stay free where the data folder lies
   */
  static Infrastructure start(DataFolder data, int minFreeMb) {
    var postgres =
        CompletableFuture.supplyAsync(
            () -> PostgresServer.start(PostgresServer.Settings.in(data.resolve("postgres"))),
            task -> Thread.ofPlatform().name("floe-postgres-start").start(task));
    Closer started = new Closer();
    try {
      var broker = started.add(KafkaBroker.start(KafkaBroker.Settings.in(data.resolve("kafka"))));
      started.add(() -> join(postgres).close());
      var schemas =
          started.add(
              SchemaRegistryServer.start(
                  broker.servicesConfig(), Writers.knowing(data.secret("schema-registry.token"))));
      var kafka = KafkaConnection.of(broker.servicesConfig());
      makeTopics(kafka, data);
      var bus = started.add(Bus.open(kafka, new InProcessSchemas(schemas), PARTITIONS));
      var storage = started.add(Storage.watch(data.path(), minFreeMb, broker::holdStrangersBack));
      return new Infrastructure(broker, join(postgres), schemas, bus, storage, started);
    } catch (RuntimeException failed) {
      started.close();
      throw failed;
    }
  }

  private static void makeTopics(KafkaConnection kafka, DataFolder data) {
    try (var admin = kafka.admin("floe-topics")) {
      var setup = new TopicsSetup(admin);
      setup.create(Topics.all(PARTITIONS), Optional.of((short) 1));
      setup.check(Topics.all(PARTITIONS));
    } catch (TopicsSetup.Difference other) {
      throw new CannotStartException(
          "%s was made by another version of floe; start that one, or choose another folder: %s"
              .formatted(data.path(), other.getMessage()),
          other);
    }
  }

  /** On a Kafka of their own, those who run it make the topics that signers get answers on. */
  void openReplyTopics(Manifest manifest) {
    broker.openForReading(
        manifest.auth().commandSigners().stream()
            .flatMap(signer -> signer.replyTo().stream())
            .distinct()
            .toList());
  }

  private static PostgresServer join(CompletableFuture<PostgresServer> starting) {
    try {
      return starting.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    }
  }

  @Override
  public void close() {
    started.close();
  }
}
