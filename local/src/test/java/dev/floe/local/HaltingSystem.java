package dev.floe.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.floe.messaging.Envelope;
import dev.floe.messaging.KafkaConnection;
import dev.floe.messaging.LogReader;
import dev.floe.schemas.Topics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The whole system as a process of its own that halts, without a word to anyone, as soon as
 * something has happened that it was told on its standard input: an event is committed, {@code
 * event <artifact> <event> <which>}, or an effect is there, {@code file <path in the data folder>}.
 */
final class HaltingSystem {

  static final String READY = "ready";
  static final String ARMED = "armed";
  static final int HALTED = 99;

  private HaltingSystem() {}

  /**
   * Runs until it is told to stop, or halts.
   *
   * @param arguments data folder, port, manifest
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var data = Path.of(arguments[0]);
    var settings =
        new FloeSystem.Settings(
            data, Integer.parseInt(arguments[1]), Path.of(arguments[2]), Whole.OWNER);
    FloeSystem system = FloeSystem.start(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(system::close, "stop"));
    System.out.println(READY);
    var orders = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      String[] words = order.split(" ", -1);
      if (words[0].equals("file")) {
        executioner(() -> watch(data.resolve(words[1])));
      } else {
        var kafka = KafkaConnection.plain(FloeJson.read(data, "kafka").orElseThrow());
        haltAfter(kafka, words[1], words[2], Integer.parseInt(words[3]));
      }
    }
    // Nobody gives orders any more: whoever did is gone, and this goes with them.
    System.exit(0);
  }

  private static void haltAfter(KafkaConnection kafka, String artifact, String event, int which) {
    executioner(
        () -> {
          try (Consumer<byte[], byte[]> consumer = kafka.consumer("executioner")) {
            watch(consumer, artifact, event, which);
          }
        });
  }

  private static void executioner(Runnable watch) {
    var thread = new Thread(watch, "executioner");
    thread.setDaemon(true);
    thread.start();
  }

  private static void watch(Path effect) {
    System.out.println(ARMED);
    while (!Files.exists(effect)) {
      LockSupport.parkNanos(100_000);
    }
    Runtime.getRuntime().halt(HALTED);
  }

  private static void watch(
      Consumer<byte[], byte[]> consumer, String artifact, String event, int which) {
    List<TopicPartition> all =
        Topics.events().stream()
            .flatMap(
                topic -> LogReader.partitions(topic.name(), Infrastructure.PARTITIONS).stream())
            .toList();
    consumer.assign(all);
    consumer.seekToBeginning(all);
    System.out.println(ARMED);
    int seen = 0;
    while (true) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        String type = Envelope.text(record.headers(), Envelope.TYPE).orElse("");
        if (new String(record.key(), UTF_8).equals(artifact) && type.endsWith("." + event)) {
          seen++;
          if (seen == which) {
            Runtime.getRuntime().halt(HALTED);
          }
        }
      }
    }
  }
}
