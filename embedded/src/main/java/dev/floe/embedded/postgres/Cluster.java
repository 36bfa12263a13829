package dev.floe.embedded.postgres;

import dev.floe.embedded.folder.CannotStartException;
import dev.floe.embedded.folder.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** PostgreSQL's data directory below a folder: made once, then served by a child process. */
record Cluster(Path folder, PostgresBinaries binaries, RunAs runAs) {
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final long LOG_BYTES = 10L << 20;
  private static final int LAST_LINES = 5;

  /** Where to find things, and a faked clock, which has to be the same for both processes. */
  private static final Pattern INHERITED = Pattern.compile("PATH|TMPDIR|LD_PRELOAD|FAKETIME.*");

  /** Only by password, only over loopback, and the services only to their own database. */
  private static final String ACCESS =
      """
      host  all         %1$s  127.0.0.1/32  scram-sha-256
      host  %2$s        %2$s  127.0.0.1/32  scram-sha-256
      """
          .formatted(Roles.ADMIN, Roles.SERVICES);

  Path data() {
    return folder.resolve("data");
  }

  private Path log() {
    return folder.resolve("server.log");
  }

  void create(String adminPassword) throws IOException, InterruptedException {
    if (Files.isDirectory(data())) {
      runAs.own(data());
      return;
    }
    // Aside and renamed: a data directory of that name is complete.
    Path fresh = folder.resolve("data.new");
    if (Files.exists(fresh)) {
      TemporaryFolder.delete(fresh);
    }
    Files.createDirectory(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    runAs.own(fresh);
    Path password = Files.createTempFile(folder, "initdb", "");
    try {
      Files.writeString(password, adminPassword + "\n");
      runAs.own(password);
      initdb(fresh, password);
    } finally {
      Files.delete(password);
    }
    Files.writeString(fresh.resolve("pg_hba.conf"), ACCESS);
    Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void initdb(Path fresh, Path password) throws IOException, InterruptedException {
    Process initdb =
        start(
            List.of(
                binaries.initdb().toString(),
                "--pgdata=" + fresh,
                "--username=" + Roles.ADMIN,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--locale=C.UTF-8",
                "--lc-messages=C",
                "--wal-segsize=1",
                "--no-instructions"));
    if (initdb.waitFor() != 0) {
      throw new CannotStartException(
          "PostgreSQL's data directory cannot be made in %s: %s".formatted(folder, lastLines()));
    }
  }

  /** A server, and what ends it with this JVM. */
  record Server(Process process, Leash leash) {
    void stop() {
      Postmaster.stop(process.toHandle());
      leash.close();
    }
  }

  /** Returns when the server takes connections. */
  Server serve(int port) throws IOException, InterruptedException {
    Process process = start(serving(port));
    var server = new Server(process, Leash.on(process, data()));
    try {
      awaitReady(process);
      return server;
    } catch (InterruptedException | RuntimeException failed) {
      server.stop();
      throw failed;
    }
  }

  private void awaitReady(Process server) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    while (!Postmaster.isReady(data(), server.pid())) {
      if (server.waitFor(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new CannotStartException(
            "PostgreSQL on %s ended at start: %s".formatted(data(), lastLines()));
      }
      if (System.nanoTime() > deadline) {
        throw new CannotStartException(
            "PostgreSQL on %s is not ready after %d s: %s"
                .formatted(data(), READY_WITHIN.toSeconds(), lastLines()));
      }
    }
  }

  private List<String> serving(int port) {
    List<String> command = new ArrayList<>();
    command.add(binaries.postgres().toString());
    command.add("-D");
    command.add(data().toString());
    for (String setting :
        List.of(
            "listen_addresses=127.0.0.1",
            "port=" + port,
            "unix_socket_directories=",
            "password_encryption=scram-sha-256",
            "max_connections=60",
            "shared_buffers=32MB",
            "max_worker_processes=4",
            "min_wal_size=8MB",
            "io_method=sync",
            "jit=off",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_line_prefix=%m [%p] %u ")) {
      command.add("-c");
      command.add(setting);
    }
    return command;
  }

  private Process start(List<String> command) throws IOException {
    if (Files.exists(log()) && Files.size(log()) > LOG_BYTES) {
      Files.move(log(), folder.resolve("server.log.old"), StandardCopyOption.REPLACE_EXISTING);
    }
    ProcessBuilder builder = new ProcessBuilder(runAs.command(command));
    builder.environment().keySet().removeIf(name -> !INHERITED.matcher(name).matches());
    builder.environment().putAll(Map.of("LC_ALL", "C", "HOME", "/nonexistent"));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
        .start();
  }

  private String lastLines() throws IOException {
    List<String> lines = Files.readAllLines(log());
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }
}
