package dev.floe.audit;

import dev.floe.access.AccessRules;
import dev.floe.audit.adapter.postgres.Database;
import dev.floe.embedded.kafka.KafkaBroker;
import dev.floe.messaging.Bus;
import dev.floe.messaging.KafkaConnection;
import dev.floe.messaging.Position;
import dev.floe.messaging.TopicsSetup;
import dev.floe.messaging.avro.InMemorySchemaRegistry;
import dev.floe.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** One real broker with every topic that is read, and services on it; stories become its log. */
public final class Stage {

  /** Who started the system, and so may everything that nobody else may. */
  public static final String OWNER = "ada@acme.com";

  private static final class Holder {
    private static final Stage STAGE = new Stage();
  }

  private final Bus bus;
  private final Producer<byte[], byte[]> producer;
  private final Map<List<String>, Long> sequences = new HashMap<>();
  private int told;

  private Stage() {
    KafkaBroker broker = KafkaBroker.inTemporaryFolder();
    KafkaConnection kafka = KafkaConnection.of(broker.servicesConfig());
    try (Admin admin = kafka.admin("tests")) {
      new TopicsSetup(admin).create(Topics.all(Topics.ON_A_CLUSTER), Optional.empty());
    }
    bus = Bus.open(kafka, new InMemorySchemaRegistry(), Topics.ON_A_CLUSTER);
    producer = kafka.producer("tests");
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(
                    () -> {
                      producer.close();
                      bus.close();
                      broker.close();
                    }));
    tell(new Story("manifest-only").manifest(1).told());
  }

  /** One whose log is nobody else's. */
  public static Stage fresh() {
    return new Stage();
  }

  public static Stage get() {
    return Holder.STAGE;
  }

  public Bus bus() {
    return bus;
  }

  /** How many events were told, by any test. */
  public synchronized int told() {
    return told;
  }

  /** A service that reads everything into {@code database}. */
  public ProjectorService projector(Database.Settings database) {
    return ProjectorService.start(
        bus, database, () -> new AccessRules(Story.MANIFEST, OWNER), InstantSource.system());
  }

  /** Writes a record past every rule; false where the broker does not take it. */
  public boolean send(ProducerRecord<byte[], byte[]> record) {
    try {
      var _ = producer.send(record).get();
      return true;
    } catch (Exception refused) {
      return false;
    }
  }

  /** Writes what was told; returns once the broker has it, with where that leads. */
  public synchronized Position tell(Collection<Said> events) {
    List<Future<?>> sent = new ArrayList<>();
    Position last = new Position("", "", 0);
    for (Said said : events) {
      long sequence = sequences.merge(List.of(said.topic().name(), said.artifact()), 1L, Long::sum);
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  said.topic().name(),
                  null,
                  said.artifact().getBytes(StandardCharsets.UTF_8),
                  bus.wire().encode(said.topic().name(), said.body()),
                  Log.envelope(said, sequence).headers())));
      last = new Position(said.topic().name(), said.artifact(), sequence);
      told++;
    }
    for (Future<?> each : sent) {
      try {
        each.get();
      } catch (Exception failed) {
        throw new IllegalStateException(failed);
      }
    }
    return last;
  }
}
