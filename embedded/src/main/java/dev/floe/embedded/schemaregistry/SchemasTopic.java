package dev.floe.embedded.schemaregistry;

import dev.floe.embedded.folder.CannotStartException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The {@code _schemas} topic: one partition, compacted, its records acknowledged one by one. */
final class SchemasTopic implements AutoCloseable {
  static final String NAME = "_schemas";
  private static final TopicPartition PARTITION = new TopicPartition(NAME, 0);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CREATED_WITHIN = Duration.ofSeconds(10);
  private static final Duration READ_WITHIN = Duration.ofSeconds(30);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

  private final Map<String, Object> kafka;
  private final KafkaProducer<byte[], byte[]> producer;

  private SchemasTopic(Map<String, Object> kafka) {
    this.kafka = kafka;
    Map<String, Object> config = new HashMap<>(kafka);
    config.put("acks", "all");
    config.put("enable.idempotence", true);
    config.put("linger.ms", 0);
    config.putIfAbsent("request.timeout.ms", 5000);
    config.putIfAbsent("delivery.timeout.ms", 10_000);
    config.putIfAbsent("max.block.ms", 10_000);
    config.put("client.id", "floe-schema-registry");
    this.producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  static SchemasTopic open(Map<String, Object> kafka) {
    try (Admin admin = Admin.create(kafka)) {
      create(admin);
      requireCompaction(admin);
    } catch (ExecutionException e) {
      throw new CannotStartException(
          "the schema registry cannot use topic %s (%s); it needs CREATE, READ and WRITE on it"
              .formatted(NAME, e.getCause()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotStartException("the schema registry's start was interrupted", e);
    }
    return new SchemasTopic(kafka);
  }

  private static void create(Admin admin) throws ExecutionException, InterruptedException {
    NewTopic topic =
        new NewTopic(NAME, Optional.of(1), Optional.empty())
            .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
    try {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  /** Any other policy forgets schemas after a while, and with them how to read the records. */
  private static void requireCompaction(Admin admin)
      throws ExecutionException, InterruptedException {
    String policy = cleanupPolicy(admin);
    if (!TopicConfig.CLEANUP_POLICY_COMPACT.equals(policy)) {
      throw new CannotStartException(
          "topic %s has cleanup.policy=%s and would lose schemas; set it to compact"
              .formatted(NAME, policy));
    }
  }

  /** Asks again while the broker has not heard yet of the topic that it has just created. */
  private static String cleanupPolicy(Admin admin) throws ExecutionException, InterruptedException {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, NAME);
    long deadline = System.nanoTime() + CREATED_WITHIN.toNanos();
    while (true) {
      try {
        Config config =
            admin.describeConfigs(List.of(resource)).all().get().values().iterator().next();
        return config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
      } catch (ExecutionException e) {
        boolean mayAppear = e.getCause() instanceof UnknownTopicOrPartitionException;
        if (!mayAppear || System.nanoTime() > deadline) {
          throw e;
        }
        Thread.sleep(50);
      }
    }
  }

  /** Hands over every record from the first to the present last. */
  void readAll(Consumer<StoredRecord> reader) throws IOException {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put("client.id", "floe-schema-registry-reader");
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
      long deadline = System.nanoTime() + READ_WITHIN.toNanos();
      while (consumer.position(PARTITION) < end) {
        if (System.nanoTime() > deadline) {
          throw new IOException(
              "topic %s could not be read to its end within %s".formatted(NAME, READ_WITHIN));
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (record.key() != null) {
            reader.accept(StoredRecord.read(record.key(), record.value()));
          }
        }
      }
    } catch (KafkaException e) {
      throw new IOException("topic %s cannot be read (%s)".formatted(NAME, e), e);
    }
  }

  /** Returns when the record is on disk with every replica in sync. */
  void append(byte[] key, byte[] value) throws IOException {
    try {
      producer.send(new ProducerRecord<>(NAME, 0, key, value)).get();
    } catch (ExecutionException | KafkaException e) {
      throw new IOException("topic %s cannot be written (%s)".formatted(NAME, e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while writing topic " + NAME, e);
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE_WITHIN);
  }
}
