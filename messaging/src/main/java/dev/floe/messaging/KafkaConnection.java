package dev.floe.messaging;

import dev.floe.schemas.Topics;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How to reach the brokers; every client of the suite is made here, so that all of them keep the
 * same rules: committed records only, all replicas, offsets never kept behind the caller's back.
 *
 * @param bootstrapServers {@code host:port,host:port}
 * @param security the client's {@code security.protocol}, {@code sasl.*} and {@code ssl.*}
 *     settings; empty for a plain listener
 */
public record KafkaConnection(String bootstrapServers, Map<String, String> security) {

  /** How long a transaction may stay open before the broker ends it. */
  static final int TRANSACTION_TIMEOUT_MS = 10_000;

  /** The longest record of the catalogue, and what a request has around it. */
  private static final int LONGEST_REQUEST = Topics.ANSWER_BYTES + (64 << 10);

  public KafkaConnection {
    security = Map.copyOf(security);
  }

  /** From client properties that name the servers themselves. */
  public static KafkaConnection of(Map<String, Object> clientProperties) {
    Map<String, String> security = new HashMap<>();
    clientProperties.forEach((name, value) -> security.put(name, value.toString()));
    String servers = security.remove(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
    if (servers == null) {
      throw new IllegalArgumentException(
          "%s is missing".formatted(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
    }
    return new KafkaConnection(servers, security);
  }

  /** A listener without security. */
  public static KafkaConnection plain(String bootstrapServers) {
    return new KafkaConnection(bootstrapServers, Map.of());
  }

  /** Settings of a consumer that sees committed records only and stores no offsets by itself. */
  public Map<String, Object> consumerSettings(String clientId) {
    Map<String, Object> settings = common(clientId);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return settings;
  }

  /** Settings of an idempotent producer that waits for all replicas. */
  public Map<String, Object> producerSettings(String clientId) {
    Map<String, Object> settings = common(clientId);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TRANSACTION_TIMEOUT_MS);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TRANSACTION_TIMEOUT_MS);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LONGEST_REQUEST);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return settings;
  }

  /** Settings of a producer that writes in transactions under {@code transactionalId}. */
  public Map<String, Object> transactionSettings(String transactionalId) {
    Map<String, Object> settings = producerSettings(transactionalId);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
    return settings;
  }

  /** A consumer of {@link #consumerSettings}. */
  public KafkaConsumer<byte[], byte[]> consumer(String clientId) {
    return new KafkaConsumer<>(consumerSettings(clientId));
  }

  /** A producer of {@link #producerSettings}. */
  public KafkaProducer<byte[], byte[]> producer(String clientId) {
    return new KafkaProducer<>(producerSettings(clientId));
  }

  /** A producer of {@link #transactionSettings}, not yet initialised. */
  public KafkaProducer<byte[], byte[]> transactionalProducer(String transactionalId) {
    return new KafkaProducer<>(transactionSettings(transactionalId));
  }

  /** An administration client. */
  public Admin admin(String clientId) {
    Map<String, Object> settings = common(clientId);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 20_000);
    settings.put(AdminClientConfig.RETRY_BACKOFF_MS_CONFIG, 20);
    return Admin.create(settings);
  }

  private Map<String, Object> common(String clientId) {
    Map<String, Object> settings = new HashMap<>(security);
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(AdminClientConfig.CLIENT_ID_CONFIG, clientId);
    settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    return settings;
  }
}
