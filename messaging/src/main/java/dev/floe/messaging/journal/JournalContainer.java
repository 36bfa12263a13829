package dev.floe.messaging.journal;

import dev.floe.messaging.KafkaConnection;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

/**
 * Spring-kafka's container as the journal uses it: it polls and rebalances, and commits nothing.
 */
final class JournalContainer {

  private static final Duration POLL = Duration.ofSeconds(1);

  private final String topic;
  private final Ownership<?, ?, ?> owner;
  private final KafkaMessageListenerContainer<byte[], byte[]> container;
  private volatile @Nullable PollingConsumer consumer;
  private volatile boolean joined;

  JournalContainer(
      KafkaConnection kafka,
      JournalPlace place,
      JournalTiming timing,
      BiConsumer<Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>, ConsumerGroupMetadata>
          handler,
      Ownership<?, ?, ?> owner) {
    this.topic = place.commands().name();
    this.owner = owner;
    Map<String, Object> settings = kafka.consumerSettings("floe-" + place.group());
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, place.group());
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) timing.session().toMillis());
    settings.put(
        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) timing.session().toMillis() / 3);
    settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, (int) timing.poll().toMillis());
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    var properties = new ContainerProperties(topic);
    properties.setAckMode(ContainerProperties.AckMode.MANUAL);
    properties.setAssignmentCommitOption(ContainerProperties.AssignmentCommitOption.NEVER);
    properties.setPollTimeout(POLL.toMillis());
    properties.setShutdownTimeout(TimeUnit.SECONDS.toMillis(10));
    properties.setConsumerRebalanceListener(new Rebalances());
    properties.setMessageListener(
        (BatchMessageListener<byte[], byte[]>)
            records -> handler.accept(byPartition(records), membership()));
    this.container = new KafkaMessageListenerContainer<>(new Consumers(settings), properties);
    this.container.setBeanName(place.group());
  }

  void start() {
    container.start();
  }

  void stop() {
    container.stop();
  }

  /** Whether the group has said, at least once, what is this instance's. */
  boolean isJoined() {
    return joined;
  }

  ConsumerGroupMetadata membership() {
    return polling().membership();
  }

  /** Runs {@code task} on the consumer's thread. */
  void later(Runnable task) {
    polling().later(task);
  }

  /** Reads no more of {@code partition}; from any thread. */
  void pause(int partition) {
    later(
        () -> {
          var source = new TopicPartition(topic, partition);
          if (polling().assignment().contains(source)) {
            polling().pause(List.of(source));
          }
        });
  }

  /** Reads {@code partition} on from {@code offset}; on the consumer's thread. */
  void resumeAt(int partition, long offset) {
    var source = new TopicPartition(topic, partition);
    if (polling().assignment().contains(source)) {
      polling().seek(source, offset);
      polling().resume(List.of(source));
    }
  }

  private PollingConsumer polling() {
    PollingConsumer polling = consumer;
    if (polling == null) {
      throw new IllegalStateException("the container has no consumer yet");
    }
    return polling;
  }

  private static Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> byPartition(
      List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream()
        .collect(
            Collectors.groupingBy(
                record -> new TopicPartition(record.topic(), record.partition())));
  }

  private static List<Integer> numbers(Collection<TopicPartition> partitions) {
    return partitions.stream().map(TopicPartition::partition).toList();
  }

  private final class Consumers extends DefaultKafkaConsumerFactory<byte[], byte[]> {
    Consumers(Map<String, Object> settings) {
      super(settings);
    }

    @Override
    protected Consumer<byte[], byte[]> createRawConsumer(Map<String, Object> settings) {
      var polling = new PollingConsumer(settings);
      consumer = polling;
      return polling;
    }
  }

  private final class Rebalances implements ConsumerAwareRebalanceListener {

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> by, Collection<TopicPartition> partitions) {
      // Paused while they are folded: polling goes on, so the group keeps this instance.
      by.pause(partitions);
      owner.assigned(numbers(partitions));
      joined = true;
    }

    @Override
    public void onPartitionsRevokedBeforeCommit(
        Consumer<?, ?> by, Collection<TopicPartition> partitions) {
      owner.revoked(numbers(partitions), Duration.ofSeconds(1));
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> by, Collection<TopicPartition> partitions) {
      owner.revoked(numbers(partitions), Duration.ZERO);
    }
  }
}
