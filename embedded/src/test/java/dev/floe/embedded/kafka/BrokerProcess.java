package dev.floe.embedded.kafka;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A broker in a JVM of its own, so that a test can kill it. */
final class BrokerProcess {
  private BrokerProcess() {}

  public static void main(String[] args) throws Exception {
    Path ready = Path.of(args[1]);
    try (KafkaBroker broker = KafkaBroker.start(KafkaBroker.Settings.in(Path.of(args[0])))) {
      Path fresh = ready.resolveSibling("ready.new");
      Files.writeString(fresh, broker.publicBootstrap());
      Files.move(fresh, ready);
      new CountDownLatch(1).await();
    }
  }
}
