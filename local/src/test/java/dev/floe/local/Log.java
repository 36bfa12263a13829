package dev.floe.local;

import dev.floe.messaging.KafkaConnection;
import dev.floe.messaging.LogReader;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What is committed on a topic at the moment, as anyone can read it. */
final class Log {

  private Log() {}

  static List<ConsumerRecord<byte[], byte[]>> read(
      KafkaConnection kafka, String topic, int partitions) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (var admin = kafka.admin("reader")) {
      new LogReader(kafka, admin)
          .read(LogReader.partitions(topic, partitions), "reader", records::add);
    }
    return records;
  }
}
