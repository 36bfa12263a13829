package dev.floe.audit.adapter.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks every second whether the database answers, so that nobody has to wait to know. */
final class Pulse implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int PATIENCE_S = 2;

  private final DataSource database;
  private final Thread thread;
  private volatile @Nullable String trouble;

  private Pulse(DataSource database) {
    this.database = database;
    this.thread = Thread.ofVirtual().name("floe-audit-pulse").unstarted(this::run);
  }

  static Pulse of(DataSource database) {
    var pulse = new Pulse(database);
    pulse.thread.start();
    return pulse;
  }

  /** Why there was no answer when last asked. */
  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      String before = trouble;
      String now = ask();
      trouble = now;
      if ((before == null) != (now == null)) {
        LOG.warn("{}", now == null ? "the database answers again" : now);
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private @Nullable String ask() {
    try (Connection connection = database.getConnection()) {
      return connection.isValid(PATIENCE_S)
          ? null
          : "PostgreSQL does not answer within %d s".formatted(PATIENCE_S);
    } catch (SQLException away) {
      return "PostgreSQL does not answer: " + away.getMessage();
    }
  }
}
