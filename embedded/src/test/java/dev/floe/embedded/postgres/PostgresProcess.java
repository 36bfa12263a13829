package dev.floe.embedded.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A JVM with a PostgreSQL under it, so that a test can kill the JVM. */
final class PostgresProcess {
  private PostgresProcess() {}

  public static void main(String[] args) throws Exception {
    Path ready = Path.of(args[1]);
    try (PostgresServer server =
        PostgresServer.start(PostgresServer.Settings.in(Path.of(args[0])))) {
      Path fresh = ready.resolveSibling("ready.new");
      Files.writeString(fresh, Long.toString(server.process().pid()));
      Files.move(fresh, ready);
      new CountDownLatch(1).await();
    }
  }
}
