package dev.floe.examples;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The end of {@code floe.replies}, from the moment it is opened. */
public final class Answers implements AutoCloseable {

  private static final String TOPIC = "floe.replies";

  private final KafkaConsumer<String, byte[]> consumer;
  private final Wire wire;

  private Answers(KafkaConsumer<String, byte[]> consumer, Wire wire) {
    this.consumer = consumer;
    this.wire = wire;
  }

  /** Opened before a command is sent, it cannot miss the answer. */
  public static Answers open(Floe floe, Schemas schemas) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, floe.kafka());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    var consumer = new KafkaConsumer<String, byte[]>(settings);
    List<TopicPartition> all =
        consumer.partitionsFor(TOPIC).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(all);
    consumer.seekToEnd(all);
    all.forEach(consumer::position);
    return new Answers(consumer, new Wire(schemas));
  }

  /** The next answer to {@code command}; empty when none comes in time. */
  public Optional<GenericRecord> await(String command, Duration limit)
      throws IOException, InterruptedException {
    Instant end = Instant.now().plus(limit);
    while (Instant.now().isBefore(end)) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
        if (command.equals(record.key())) {
          return Optional.of(wire.decode(record.value()));
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
