package dev.floe.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.floe.embedded.folder.CannotStartException;
import dev.floe.embedded.folder.TemporaryFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restart finds: its data, its port, its password, or an orphan in the way. */
class PostgresRestartTest {
  @TempDir Path folder;

  @Test
  void a_restart_keeps_the_data_the_port_and_the_password() throws Exception {
    var settings = PostgresServer.Settings.in(folder.resolve("postgres"));
    String url;
    String password;
    try (PostgresServer server = PostgresServer.start(settings)) {
      url = server.jdbcUrl();
      password = server.password();
      Sql.run(server, "CREATE TABLE kept AS SELECT 'still here' AS word");
    }
    try (PostgresServer server = PostgresServer.start(settings)) {
      assertThat(server.jdbcUrl()).isEqualTo(url);
      assertThat(server.password()).isEqualTo(password);
      assertThat(Sql.ask(server, "SELECT word FROM kept")).isEqualTo("still here");
    }

    Files.delete(settings.folder().resolve("services.password"));
    try (PostgresServer server = PostgresServer.start(settings)) {
      assertThat(server.password()).isNotEqualTo(password);
      assertThat(Sql.ask(server, "SELECT word FROM kept")).isEqualTo("still here");
    }

    Files.delete(settings.folder().resolve("admin.password"));
    assertThatThrownBy(() -> PostgresServer.start(settings))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("admin.password");
  }

  @Test
  void a_killed_jvm_takes_the_server_with_it_which_ends_in_good_order() throws Exception {
    Path data = folder.resolve("postgres");
    Process jvm = startProcess(data);
    ProcessHandle server = awaitServer(jvm);

    jvm.destroyForcibly().waitFor();

    server.onExit().get(30, TimeUnit.SECONDS);
    assertThat(Files.readString(data.resolve("server.log")))
        .endsWith("database system is shut down\n");
  }

  @Test
  void a_server_that_is_killed_is_there_again_after_a_moment_with_its_data_port_and_password()
      throws Exception {
    try (PostgresServer server =
        PostgresServer.start(PostgresServer.Settings.in(folder.resolve("postgres")))) {
      Sql.run(server, "CREATE TABLE kept AS SELECT 'still here' AS word");
      for (int death = 0; death < 2; death++) {
        ProcessHandle killed = server.process();
        killed.destroyForcibly();
        killed.onExit().join();
        Awaitility.await().until(() -> server.trouble().isPresent());
        assertThat(server.trouble().orElseThrow())
            .contains("process " + killed.pid(), "ended with 137");
        Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> server.trouble().isEmpty());
        assertThat(Sql.ask(server, "SELECT word FROM kept")).isEqualTo("still here");
      }
    }
  }

  private ProcessHandle awaitServer(Process jvm) throws Exception {
    Path ready = folder.resolve("ready");
    Awaitility.await()
        .atMost(Duration.ofSeconds(40))
        .failFast(() -> !jvm.isAlive())
        .until(() -> Files.exists(ready));
    return ProcessHandle.of(Long.parseLong(Files.readString(ready))).orElseThrow();
  }

  @Test
  void an_orphan_that_was_left_all_the_same_is_replaced_and_nothing_committed_is_lost()
      throws Exception {
    Path data = folder.resolve("postgres");
    Process jvm = startProcess(data);
    ProcessHandle orphan = awaitServer(jvm);
    jvm.children()
        .filter(child -> child.pid() != orphan.pid())
        .forEach(ProcessHandle::destroyForcibly);
    jvm.destroyForcibly().waitFor();
    assertThat(orphan.isAlive()).isTrue();

    try (PostgresServer server = PostgresServer.start(PostgresServer.Settings.in(data))) {
      assertThat(orphan.isAlive()).isFalse();
      Sql.run(server, "CREATE TABLE kept AS SELECT 'still here' AS word");
    }
    try (PostgresServer server = PostgresServer.start(PostgresServer.Settings.in(data))) {
      assertThat(Sql.ask(server, "SELECT word FROM kept")).isEqualTo("still here");
    }
  }

  @Test
  void a_pid_file_that_names_a_stranger_is_no_reason_to_kill_it() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Process stranger = new ProcessBuilder("sleep", "600").start();
    try {
      Files.writeString(data.resolve("postmaster.pid"), stranger.pid() + "\n" + data + "\n");
      Postmaster.stopOrphan(data);
      assertThat(stranger.isAlive()).isTrue();
      assertThat(data.resolve("postmaster.pid")).doesNotExist();
    } finally {
      stranger.destroyForcibly().waitFor();
    }
  }

  @Test
  void root_runs_it_as_an_account_without_privileges_where_that_account_gets_to_the_folder()
      throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root changes accounts");
    Path reachable = TemporaryFolder.create("floe-reachable");
    Files.setPosixFilePermissions(reachable, PosixFilePermissions.fromString("rwx--x--x"));
    try (PostgresServer server =
        PostgresServer.start(PostgresServer.Settings.in(reachable.resolve("postgres")))) {
      assertThat(Sql.ask(server, "SELECT 1")).isEqualTo("1");
      assertThat(server.process().info().user().orElseThrow()).isIn("postgres", "nobody");
    } finally {
      TemporaryFolder.delete(reachable);
    }
  }

  private Process startProcess(Path data) throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            PostgresProcess.class.getName(),
            data.toString(),
            folder.resolve("ready").toString());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("postgres.out").toFile())
        .start();
  }
}
