package dev.floe.audit.adapter.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Types;
import java.util.Optional;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/** The projections' database: its connections, with its tables up to date. */
public final class Database implements AutoCloseable {

  private static final int CONNECTIONS = 12;
  private static final long CONNECTION_TIMEOUT_MS = 3_000;
  private static final long VALIDATION_TIMEOUT_MS = 1_000;

  /** SQL states of a server that is out of reach, is ending or is starting. */
  private static final Pattern AWAY = Pattern.compile("08.{3}|57P0[1-5]|53300");

  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final Pulse pulse;

  private Database(HikariDataSource pool) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
    this.pulse = Pulse.of(pool);
    // The one door for text: nobody has to think of what PostgreSQL does not take.
    jdbi.registerArgument(new CleanText());
    jdbi.registerArrayType(String.class, "text", Columns::clean);
  }

  private static final class CleanText extends AbstractArgumentFactory<String> {
    CleanText() {
      super(Types.VARCHAR);
    }

    @Override
    protected Argument build(String value, ConfigRegistry config) {
      String clean = Columns.clean(value);
      return (position, statement, _) -> statement.setString(position, clean);
    }
  }

  /** Where it is and who asks; the user must own the database or a schema in it. */
  public record Settings(String jdbcUrl, String user, String password) {
    @Override
    public String toString() {
      return "%s as %s".formatted(jdbcUrl, user);
    }
  }

  /** Connects, and makes or changes the tables where they are not what this version needs. */
  public static Database open(Settings settings) {
    var config = new HikariConfig();
    config.setPoolName("floe-audit");
    config.setJdbcUrl(settings.jdbcUrl());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(2);
    config.setConnectionTimeout(CONNECTION_TIMEOUT_MS);
    config.setValidationTimeout(VALIDATION_TIMEOUT_MS);
    // Many rows in one statement: a third of the time that one statement a row takes.
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("ApplicationName", "floe-audit");
    var pool = new HikariDataSource(config);
    try {
      Flyway.configure()
          .dataSource(pool)
          .locations("classpath:db/audit")
          .table("audit_schema_history")
          .load()
          .migrate();
      return new Database(pool);
    } catch (RuntimeException failed) {
      pool.close();
      throw failed;
    }
  }

  /** Whether {@code thrown} says that there is no server to ask at the moment. */
  public static boolean isAway(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException
          || (cause instanceof SQLException e
              && e.getSQLState() != null
              && AWAY.matcher(e.getSQLState()).matches())) {
        return true;
      }
    }
    return false;
  }

  /** Why it does not answer at the moment; empty when it does. */
  public Optional<String> trouble() {
    return pulse.trouble();
  }

  Jdbi jdbi() {
    return jdbi;
  }

  @Override
  public void close() {
    pulse.close();
    pool.close();
  }
}
