package dev.floe.audit;

import dev.floe.audit.adapter.postgres.Database;
import dev.floe.embedded.postgres.PostgresServer;
import java.sql.DriverManager;
import java.sql.SQLException;

/** One real PostgreSQL for all tests of this process. */
public final class Postgres {

  private static final class Holder {
    private static final PostgresServer SERVER = start();
  }

  private Postgres() {}

  private static PostgresServer start() {
    PostgresServer server = PostgresServer.inTemporaryFolder();
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(server::close));
    return server;
  }

  /** The services' own database. */
  public static Database.Settings settings() {
    PostgresServer server = Holder.SERVER;
    return new Database.Settings(server.jdbcUrl(), server.user(), server.password());
  }

  /** An empty schema in it, for tests that must not meet others' rows. */
  public static Database.Settings fresh(String schema) {
    Database.Settings base = settings();
    try (var connection =
            DriverManager.getConnection(base.jdbcUrl(), base.user(), base.password());
        var statement = connection.createStatement()) {
      statement.execute("create schema \"%s\"".formatted(schema));
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
    return new Database.Settings(
        base.jdbcUrl() + "?currentSchema=" + schema, base.user(), base.password());
  }
}
