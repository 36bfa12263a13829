package dev.floe.embedded.postgres;

import dev.floe.embedded.folder.CannotStartException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the server running: starts it again when it ends without being told to, and waits longer
 * each time while it does not stay.
 */
final class Keeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Cluster cluster;
  private final int port;
  private final Thread thread;
  private Duration pause = FIRST_PAUSE;
  private Instant since = Instant.now();
  private volatile Cluster.Server server;
  private volatile @Nullable String trouble;
  private volatile boolean closed;

  private Keeper(Cluster cluster, int port, Cluster.Server server) {
    this.cluster = cluster;
    this.port = port;
    this.server = server;
    this.thread = Thread.ofPlatform().name("floe-postgres-keeper").daemon().unstarted(this::run);
  }

  /** Starts the server and returns when it takes connections. */
  static Keeper start(Cluster cluster, int port) throws IOException, InterruptedException {
    var keeper = new Keeper(cluster, port, cluster.serve(port));
    keeper.thread.start();
    return keeper;
  }

  ProcessHandle process() {
    return server.process().toHandle();
  }

  /** Why there is no server at the moment. */
  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  private void run() {
    try {
      while (!closed) {
        int code = server.process().waitFor();
        if (!closed) {
          revive("PostgreSQL (process %d) ended with %d".formatted(process().pid(), code));
        }
      }
    } catch (InterruptedException _) {
      // Only close() interrupts.
    }
  }

  private void revive(String why) throws InterruptedException {
    server.leash().close();
    if (Duration.between(since, Instant.now()).compareTo(LONGEST_PAUSE) > 0) {
      pause = FIRST_PAUSE;
    }
    String cause = why;
    while (true) {
      trouble = cause;
      LOG.warn("{}; it is started again in {} ms", cause, pause.toMillis());
      Thread.sleep(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
      try {
        Postmaster.stopOrphan(cluster.data());
        server = cluster.serve(port);
        since = Instant.now();
        trouble = null;
        LOG.info("PostgreSQL is ready again on 127.0.0.1:{} (process {})", port, process().pid());
        return;
      } catch (IOException | CannotStartException failed) {
        cause = String.valueOf(failed.getMessage());
      }
    }
  }

  /** Ends all sessions and stops the server, for good. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    Postmaster.stop(process());
    server.leash().close();
  }
}
