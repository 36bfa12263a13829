package dev.floe.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker whose JVM is killed in the middle of the work. */
class KilledBrokerTest {
  private static final String TOPIC = "floe.promotion.events";

  @TempDir Path folder;

  @Test
  void after_kill_9_everything_committed_is_there_and_nothing_uncommitted() throws Exception {
    Path data = folder.resolve("kafka");
    Process process = startProcess(data);
    List<String> committed = new ArrayList<>();
    try {
      Map<String, Object> config = servicesConfig(data);
      Clients.create(config, TOPIC);
      try (var producer = Clients.producer(config, "transactional.id", "writer-0")) {
        producer.initTransactions();
        for (int i = 0; i < 50; i++) {
          producer.beginTransaction();
          producer.send(new ProducerRecord<>(TOPIC, "key", "fact-" + i)).get();
          producer.commitTransaction();
          committed.add("fact-" + i);
        }
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(TOPIC, "key", "never committed")).get();
        process.destroyForcibly().waitFor();
        producer.close(Duration.ZERO);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }

    try (KafkaBroker broker = KafkaBroker.start(KafkaBroker.Settings.in(data))) {
      // The successor with the same transactional id ends what the dead one left open.
      try (var successor =
          Clients.producer(broker.servicesConfig(), "transactional.id", "writer-0")) {
        successor.initTransactions();
      }
      assertThat(Clients.readAll(broker.servicesConfig(), TOPIC)).isEqualTo(committed);
    }
  }

  private Process startProcess(Path data) throws Exception {
    Path ready = folder.resolve("ready");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerProcess.class.getName(),
                data.toString(),
                ready.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("broker.out").toFile())
            .start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(40))
        .failFast(() -> !process.isAlive())
        .until(() -> Files.exists(ready));
    return process;
  }

  private static Map<String, Object> servicesConfig(Path data) throws Exception {
    return Map.of(
        "bootstrap.servers",
        "127.0.0.1:" + Clients.port(data.resolve("ports.properties"), "services"),
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        BrokerProperties.SCRAM,
        "sasl.jaas.config",
        BrokerProperties.scramLogin(Files.readString(data.resolve("services.password"))));
  }
}
