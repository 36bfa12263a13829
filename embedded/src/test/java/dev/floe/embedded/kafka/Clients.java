package dev.floe.embedded.kafka;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's own clients, as a service or a stranger would use them. */
final class Clients {
  private Clients() {}

  static Map<String, Object> stranger(KafkaBroker broker) {
    return Map.of("bootstrap.servers", broker.publicBootstrap());
  }

  static Map<String, Object> impatient(Map<String, Object> config, String... more) {
    Map<String, Object> all = new HashMap<>(config);
    all.put("request.timeout.ms", "3000");
    all.put("default.api.timeout.ms", "4000");
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all;
  }

  static Admin admin(Map<String, Object> config) {
    return Admin.create(impatient(config));
  }

  static KafkaProducer<String, String> producer(Map<String, Object> config, String... more) {
    Map<String, Object> all = impatient(config, more);
    all.put("delivery.timeout.ms", "4000");
    all.put("max.block.ms", "4000");
    all.put("linger.ms", "0");
    return new KafkaProducer<>(all, new StringSerializer(), new StringSerializer());
  }

  static KafkaConsumer<String, String> consumer(Map<String, Object> config, String... more) {
    Map<String, Object> all = impatient(config, more);
    all.putIfAbsent("auto.offset.reset", "earliest");
    all.putIfAbsent("isolation.level", "read_committed");
    return new KafkaConsumer<>(all, new StringDeserializer(), new StringDeserializer());
  }

  static String port(Path file, String name) throws IOException {
    Properties ports = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      ports.load(in);
    }
    return ports.getProperty(name);
  }

  static void create(KafkaBroker broker, String... topics) throws Exception {
    create(broker.servicesConfig(), topics);
  }

  static void create(Map<String, Object> config, String... topics) throws Exception {
    try (Admin admin = admin(config)) {
      admin
          .createTopics(Arrays.stream(topics).map(t -> new NewTopic(t, 1, (short) 1)).toList())
          .all()
          .get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  static void send(Map<String, Object> config, String topic, String value) throws Exception {
    try (var producer = producer(config)) {
      producer.send(new ProducerRecord<>(topic, "key", value)).get();
    }
  }

  static void sendInTransaction(Map<String, Object> config, String topic, List<String> values)
      throws Exception {
    try (var producer = producer(config, "transactional.id", "tx-" + UUID.randomUUID())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (String value : values) {
        producer.send(new ProducerRecord<>(topic, "key", value)).get();
      }
      producer.commitTransaction();
    }
  }

  /** Every committed value of the topic up to its present end. */
  static List<String> readAll(Map<String, Object> config, String topic) {
    try (var consumer = consumer(config)) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (PartitionInfo info : consumer.partitionsFor(topic)) {
        partitions.add(new TopicPartition(topic, info.partition()));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<String> values = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
      }
      return values;
    }
  }
}
