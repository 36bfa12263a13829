package dev.floe.promotion.adapter;

import dev.floe.access.ServiceKey;
import dev.floe.access.TrustedKeys;
import dev.floe.embedded.kafka.KafkaBroker;
import dev.floe.messaging.Bus;
import dev.floe.messaging.KafkaConnection;
import dev.floe.messaging.TopicsSetup;
import dev.floe.messaging.avro.InMemorySchemaRegistry;
import dev.floe.messaging.journal.JournalSecurity;
import dev.floe.schemas.Topic;
import dev.floe.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;

/** One real broker with every topic of the catalogue, for all tests of this process. */
public final class Broker {

  private static final class Holder {
    private static final Broker ONE = new Broker();
  }

  private final KafkaConnection connection;
  private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();

  private Broker() {
    KafkaBroker broker = KafkaBroker.inTemporaryFolder();
    connection = KafkaConnection.of(broker.servicesConfig());
    try (var admin = connection.admin("tests")) {
      new TopicsSetup(admin).create(Topics.all(Topics.ON_A_CLUSTER), Optional.empty());
    }
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(broker::close));
  }

  public static Broker get() {
    return Holder.ONE;
  }

  /** A process's share of the broker. */
  public Bus bus() {
    return Bus.open(connection, registry, Topics.ON_A_CLUSTER);
  }

  /** Command tokens of a service that trusts itself alone. */
  public static JournalSecurity security(String service, Topic commands) {
    byte[] secret = ("a secret of 32 bytes or more: " + service).getBytes(StandardCharsets.UTF_8);
    var own = ServiceKey.of(service, commands.name(), secret);
    return JournalSecurity.of(own, () -> TrustedKeys.only(own), InstantSource.system());
  }
}
