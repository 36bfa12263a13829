package dev.floe.messaging.feed;

import dev.floe.messaging.KafkaConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Writes what reactions lead to, together with how far they have come. */
final class ReactionWriter implements AutoCloseable {

  private final KafkaConnection kafka;
  private final String group;
  private @Nullable Producer<byte[], byte[]> producer;

  ReactionWriter(KafkaConnection kafka, String group) {
    this.kafka = kafka;
    this.group = group;
  }

  void commit(
      List<ProducerRecord<byte[], byte[]>> commands,
      Map<TopicPartition, OffsetAndMetadata> next,
      ConsumerGroupMetadata membership) {
    Producer<byte[], byte[]> transactional = producer();
    transactional.beginTransaction();
    for (ProducerRecord<byte[], byte[]> command : commands) {
      // The commit fails if one of them does.
      var _ = transactional.send(command);
    }
    transactional.sendOffsetsToTransaction(next, membership);
    transactional.commitTransaction();
  }

  private Producer<byte[], byte[]> producer() {
    Producer<byte[], byte[]> open = producer;
    if (open == null) {
      // Its own id for each instance: which partitions come together here changes.
      open = kafka.transactionalProducer("floe." + group + '.' + UUID.randomUUID());
      open.initTransactions();
      producer = open;
    }
    return open;
  }

  /** What is open is ended by the broker; the next commit opens a producer again. */
  @Override
  public void close() {
    Producer<byte[], byte[]> open = producer;
    producer = null;
    if (open != null) {
      open.close(Duration.ofSeconds(1));
    }
  }
}
