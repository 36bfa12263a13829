package dev.floe.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.embedded.folder.CannotStartException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets into a running server, and what the services' role may do there. */
class PostgresServerTest {
  private static final int SOCKET_FOLDER_LINE = 4;
  private static final String INVALID_PASSWORD = "28P01";
  private static final String NO_ACCESS_RULE = "28000";
  private static final String NO_PRIVILEGE = "42501";

  @TempDir static Path folder;
  private static PostgresServer server;

  @BeforeAll
  static void start() {
    server = PostgresServer.start(PostgresServer.Settings.in(folder.resolve("postgres")));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void the_services_work_in_a_database_of_their_own() throws Exception {
    Sql.run(server, "CREATE TABLE works (id int PRIMARY KEY)");
    Sql.run(server, "INSERT INTO works VALUES (1)");
    assertThat(Sql.ask(server, "SELECT count(*) FROM works")).isEqualTo("1");
    assertThat(Sql.ask(server, "SELECT current_database()")).isEqualTo("floe");
  }

  @Test
  void the_services_add_the_extensions_that_postgresql_trusts() throws Exception {
    Sql.run(server, "CREATE EXTENSION pg_trgm");
    assertThat(Sql.ask(server, "SELECT similarity('floe', 'floe')")).isEqualTo("1");
  }

  @Test
  void the_services_are_no_superuser_and_make_no_roles_or_databases() throws Exception {
    assertThat(
            Sql.ask(
                server,
                "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls"
                    + " FROM pg_roles WHERE rolname = current_user"))
        .isEqualTo("f");
    for (String forbidden :
        List.of(
            "CREATE ROLE other SUPERUSER",
            "CREATE DATABASE other",
            "COPY (SELECT 1) TO PROGRAM 'true'",
            "ALTER SYSTEM SET fsync = off",
            "SELECT pg_read_file('/etc/passwd')",
            "SELECT rolpassword FROM pg_authid")) {
      refused(() -> Sql.run(server, forbidden), NO_PRIVILEGE);
    }
  }

  @Test
  void a_password_is_needed_and_has_to_be_right() {
    refused(
        () -> DriverManager.getConnection(server.jdbcUrl(), "floe", "guessed").close(),
        INVALID_PASSWORD);
    refused(
        () -> DriverManager.getConnection(server.jdbcUrl(), "floe_admin", server.password()),
        INVALID_PASSWORD);
    assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), "floe", null).close())
        .isInstanceOf(SQLException.class);
  }

  @Test
  void the_services_reach_no_other_database() {
    String other = server.jdbcUrl().replaceFirst("/floe$", "/postgres");
    refused(
        () -> DriverManager.getConnection(other, "floe", server.password()).close(),
        NO_ACCESS_RULE);
  }

  @Test
  void transactions_are_durable_and_loopback_tcp_is_the_only_door() throws Exception {
    assertThat(Sql.ask(server, "SHOW password_encryption")).isEqualTo("scram-sha-256");
    assertThat(Sql.ask(server, "SHOW fsync")).isEqualTo("on");
    assertThat(Sql.ask(server, "SHOW synchronous_commit")).isEqualTo("on");
    assertThat(Sql.ask(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
    List<String> pidFile = Files.readAllLines(server.folder().resolve("data/postmaster.pid"));
    assertThat(pidFile.get(SOCKET_FOLDER_LINE)).isBlank();
  }

  @Test
  void the_secrets_are_readable_by_their_owner_alone_and_stand_in_no_log() throws Exception {
    for (String name : List.of("admin.password", "services.password")) {
      Path file = server.folder().resolve(name);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(Files.readString(server.folder().resolve("server.log")))
          .doesNotContain(Files.readString(file));
    }
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(server.folder().resolve("data"))))
        .isEqualTo("rwx------");
  }

  @Test
  void a_second_start_on_the_folder_says_which_process_has_it() {
    var settings = PostgresServer.Settings.in(server.folder());
    assertThatThrownBy(() -> PostgresServer.start(settings))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining(server.folder().toString())
        .hasMessageContaining("process " + ProcessHandle.current().pid());
  }

  @Test
  void a_configured_port_in_use_is_refused_with_the_name_of_its_holder() throws Exception {
    try (ServerSocket held = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var settings =
          PostgresServer.Settings.in(folder.resolve("other")).withPort(held.getLocalPort());
      assertThatThrownBy(() -> PostgresServer.start(settings))
          .isInstanceOf(CannotStartException.class)
          .hasMessageContaining("port " + held.getLocalPort())
          .hasMessageContaining("this process (" + ProcessHandle.current().pid());
    }
  }

  private static void refused(ThrowingCallable attempt, String state) {
    assertThatThrownBy(attempt)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
  }
}
