package dev.floe.messaging.feed;

import dev.floe.messaging.Envelope;
import dev.floe.messaging.KafkaConnection;
import dev.floe.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Forwards answers to the topics that their senders asked for and the manifest allows (contract,
 * section 4): after the commit, at least once, unchanged. A topic that cannot be written is passed
 * over, so that one sender's mistake holds up nobody else; {@code floe.replies} has the answer.
 */
public final class ReplyRelay implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReplyRelay.class);

  /** Begins like its service's name: nobody outside the suite may commit for such a group. */
  private static final String GROUP = "promotion-service-replies";

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration CLOSING = Duration.ofSeconds(5);
  private static final long FIRST_PAUSE_MS = 50;
  private static final long LONGEST_PAUSE_MS = 2_000;

  private final KafkaConnection kafka;
  private final KafkaMessageListenerContainer<byte[], byte[]> container;

  /** Opened by the container's thread for the first answer that is wanted elsewhere. */
  private volatile @Nullable Producer<byte[], byte[]> producer;

  private ReplyRelay(KafkaConnection kafka) {
    this.kafka = kafka;
    Map<String, Object> settings = kafka.consumerSettings("floe-" + GROUP);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
    var properties = new ContainerProperties(Topics.REPLIES.name());
    properties.setPollTimeout(POLL.toMillis());
    properties.setShutdownTimeout(CLOSING.toMillis());
    properties.setMessageListener(
        (BatchConsumerAwareMessageListener<byte[], byte[]>)
            (answers, consumer) -> forward(answers, Objects.requireNonNull(consumer)));
    container =
        new KafkaMessageListenerContainer<>(
            new DefaultKafkaConsumerFactory<>(settings), properties);
    container.setBeanName(GROUP);
    var pauses = new ExponentialBackOff(FIRST_PAUSE_MS, 2);
    pauses.setMaxInterval(LONGEST_PAUSE_MS);
    container.setCommonErrorHandler(new DefaultErrorHandler(pauses));
  }

  /** Joins the group {@code promotion-service-replies} and begins. */
  public static ReplyRelay start(KafkaConnection kafka) {
    var relay = new ReplyRelay(kafka);
    relay.container.start();
    return relay;
  }

  @Override
  public void close() {
    container.stop();
    Producer<byte[], byte[]> open = producer;
    if (open != null) {
      open.close(Duration.ofSeconds(1));
    }
  }

  /** The container commits when all are sent or passed over, and else comes again with them. */
  private void forward(List<ConsumerRecord<byte[], byte[]>> answers, Consumer<?, ?> consumer) {
    Map<String, Boolean> writable = new HashMap<>();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> answer : answers) {
      Optional<String> topic = replyTo(answer);
      if (topic.isPresent()
          && writable.computeIfAbsent(topic.get(), name -> exists(consumer, name))) {
        sent.add(producer().send(copy(answer, topic.get())));
      }
    }
    sent.forEach(ReplyRelay::await);
  }

  private static void await(Future<RecordMetadata> sent) {
    try {
      var _ = sent.get();
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      // What another try may help is tried again; nothing else may hold up the answers behind it.
      boolean again =
          cause instanceof RetriableException
              && !(cause instanceof UnknownTopicOrPartitionException);
      if (again) {
        throw new KafkaException(cause);
      }
      passedOver(cause);
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }

  /** Asked for first: the producer waits long for a topic that is not there. */
  private static boolean exists(Consumer<?, ?> consumer, String topic) {
    try {
      if (!consumer.partitionsFor(topic).isEmpty()) {
        return true;
      }
      passedOver(new UnknownTopicOrPartitionException("there is no topic " + topic));
    } catch (InvalidTopicException | AuthorizationException refused) {
      passedOver(refused);
    }
    return false;
  }

  private static void passedOver(@Nullable Throwable cause) {
    LOG.atWarn().setMessage("an answer cannot be forwarded").setCause(cause).log();
  }

  private Producer<byte[], byte[]> producer() {
    Producer<byte[], byte[]> open = producer;
    if (open == null) {
      open = kafka.producer("floe-" + GROUP + "-producer");
      producer = open;
    }
    return open;
  }

  /** Only the journals write to {@code floe.replies}: what stands here has been allowed. */
  private static Optional<String> replyTo(ConsumerRecord<byte[], byte[]> answer) {
    return Envelope.text(answer.headers(), Envelope.REPLY_TO);
  }

  private static ProducerRecord<byte[], byte[]> copy(
      ConsumerRecord<byte[], byte[]> answer, String topic) {
    var copy = new ProducerRecord<>(topic, null, answer.key(), answer.value(), answer.headers());
    copy.headers().remove(Envelope.REPLY_TO);
    return copy;
  }
}
