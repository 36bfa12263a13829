package dev.floe.messaging;

import dev.floe.embedded.kafka.KafkaBroker;
import dev.floe.messaging.avro.InMemorySchemaRegistry;
import dev.floe.messaging.journal.JournalPlace;
import dev.floe.schemas.Topic;
import dev.floe.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One real broker for all tests of this process; each test has its own topics on it. */
public final class TestKafka {

  /** Few, so that a key's neighbours are soon found. */
  public static final int PARTITIONS = 3;

  private static final AtomicInteger NEXT = new AtomicInteger();

  private final KafkaBroker broker;
  private final KafkaConnection connection;
  private final Admin admin;
  private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();

  private static final class Holder {
    private static final TestKafka KAFKA = new TestKafka();
  }

  private TestKafka() {
    broker = KafkaBroker.inTemporaryFolder();
    connection = KafkaConnection.of(broker.servicesConfig());
    admin = connection.admin("tests");
    new TopicsSetup(admin).create(List.of(Topics.REPLIES.in(PARTITIONS)), Optional.empty());
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(
                    () -> {
                      admin.close();
                      broker.close();
                    }));
  }

  /** The broker, started when it is asked for first. */
  public static TestKafka get() {
    return Holder.KAFKA;
  }

  public KafkaConnection connection() {
    return connection;
  }

  public Admin admin() {
    return admin;
  }

  /** A process's share of the broker. */
  public Bus bus() {
    return Bus.open(connection, registry, PARTITIONS);
  }

  public InMemorySchemaRegistry registry() {
    return registry;
  }

  /** Fresh topics for one service. */
  public JournalPlace place() {
    return place(PARTITIONS, PARTITIONS);
  }

  /** Fresh topics with so many partitions. */
  public JournalPlace place(int commandPartitions, int eventPartitions) {
    return place(commandPartitions, eventPartitions, Topics.EVENT_BYTES);
  }

  /** Fresh topics whose events may be so long. */
  public JournalPlace place(int commandPartitions, int eventPartitions, int longestEvent) {
    String name = "shelf%d".formatted(NEXT.incrementAndGet());
    var commands =
        new Topic(
            "floe." + name + ".commands",
            commandPartitions,
            Map.of("message.timestamp.type", "LogAppendTime"),
            name);
    var events =
        new Topic(
            "floe." + name + ".events",
            eventPartitions,
            Map.of(
                "message.timestamp.type",
                "LogAppendTime",
                "max.message.bytes",
                Integer.toString(longestEvent)),
            name);
    new TopicsSetup(admin)
        .create(List.of(commands, events, commands.deadLetters(name)), Optional.empty());
    return JournalPlace.of(name, commands, events);
  }

  /** Everything committed in a topic, partition by partition. */
  public List<ConsumerRecord<byte[], byte[]>> all(String topic, int partitions) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    new LogReader(connection, admin)
        .read(LogReader.partitions(topic, partitions), "tests", records::add);
    return records;
  }
}
