package dev.floe.embedded.postgres;

import dev.floe.embedded.folder.CannotStartException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.PGConnection;

/** Who may come in: an administrator whom only the launcher knows, and the services' own role. */
final class Roles {
  static final String ADMIN = "floe_admin";
  static final String SERVICES = "floe";
  private static final String INVALID_PASSWORD = "28P01";

  private Roles() {}

  static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  /** Makes the services' role and database if they are missing, and their password the given. */
  static void grant(int port, String adminPassword, String servicesPassword, boolean newPassword) {
    try (Connection admin = connect(port, "postgres", ADMIN, adminPassword)) {
      boolean roleIsNew = !exists(admin, "SELECT 1 FROM pg_roles WHERE rolname = ?");
      if (roleIsNew) {
        execute(admin, "CREATE ROLE floe LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION");
      }
      if (roleIsNew || newPassword) {
        // Hashed on this side: the password itself is in no statement and no log.
        admin
            .unwrap(PGConnection.class)
            .alterUserPassword(SERVICES, servicesPassword.toCharArray(), "scram-sha-256");
      }
      if (!exists(admin, "SELECT 1 FROM pg_database WHERE datname = ?")) {
        execute(admin, "CREATE DATABASE floe OWNER floe");
      }
    } catch (SQLException e) {
      throw INVALID_PASSWORD.equals(e.getSQLState())
          ? new CannotStartException(
              "PostgreSQL's admin.password is not the one its data was made with; restore that file",
              e)
          : new CannotStartException(
              "PostgreSQL's roles cannot be made (%s)".formatted(e.getMessage()), e);
    }
  }

  private static Connection connect(int port, String database, String user, String password)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    return DriverManager.getConnection(url(port, database), properties);
  }

  private static boolean exists(Connection connection, String query) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, SERVICES);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
