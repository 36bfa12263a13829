package dev.floe.embedded.postgres;

import dev.floe.embedded.folder.CannotStartException;
import dev.floe.embedded.folder.DataFolder;
import dev.floe.embedded.folder.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL on a folder, as a child process on 127.0.0.1, with one unprivileged role and database
 * for the services. It is started again when it dies, and dies with this JVM; should one have been
 * left running all the same, it is stopped first.
 */
public final class PostgresServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
  private static final String ADMIN_PASSWORD = "admin.password";
  private static final String SERVICES_PASSWORD = "services.password";

  private final DataFolder folder;
  private final int port;
  private final Keeper keeper;
  private final Runnable afterClose;

  private PostgresServer(DataFolder folder, int port, Keeper keeper, Runnable afterClose) {
    this.folder = folder;
    this.port = port;
    this.keeper = keeper;
    this.afterClose = afterClose;
  }

  /** Where the data is, the port (0 takes a free one) and where unpacked programs are kept. */
  public record Settings(Path folder, int port, Path cache) {
    public static Settings in(Path folder) {
      return new Settings(folder, 0, ProgramCache.folder(folder));
    }

    public Settings withPort(int port) {
      return new Settings(folder, port, cache);
    }

    public Settings withCache(Path cache) {
      return new Settings(folder, port, cache);
    }
  }

  /** Starts on the settings' folder and returns when the services' role can connect. */
  public static PostgresServer start(Settings settings) {
    return start(settings, () -> {});
  }

  /** A server for tests: its folder goes with it. */
  public static PostgresServer inTemporaryFolder() {
    Path folder = TemporaryFolder.create("floe-postgres");
    try {
      return start(Settings.in(folder), () -> TemporaryFolder.delete(folder));
    } catch (RuntimeException | Error e) {
      TemporaryFolder.delete(folder);
      throw e;
    }
  }

  private static PostgresServer start(Settings settings, Runnable afterClose) {
    DataFolder folder = DataFolder.lock(settings.folder(), "PostgreSQL");
    try {
      PostgresBinaries binaries = PostgresBinaries.in(settings.cache());
      RunAs runAs = RunAs.choose(folder.path(), binaries.postgres());
      Cluster cluster = new Cluster(folder.path(), binaries, runAs);
      Postmaster.stopOrphan(cluster.data());
      return start(folder, cluster, folder.port("server", settings.port()), afterClose);
    } catch (IOException e) {
      folder.close();
      throw new CannotStartException(
          "PostgreSQL cannot start on %s (%s)".formatted(folder.path(), e), e);
    } catch (InterruptedException e) {
      folder.close();
      Thread.currentThread().interrupt();
      throw new CannotStartException("PostgreSQL's start was interrupted", e);
    } catch (RuntimeException | Error e) {
      folder.close();
      throw e;
    }
  }

  private static PostgresServer start(
      DataFolder folder, Cluster cluster, int port, Runnable afterClose)
      throws IOException, InterruptedException {
    if (Files.isDirectory(cluster.data()) && !folder.has(ADMIN_PASSWORD)) {
      throw new CannotStartException(
          "PostgreSQL folder %s has data but no %s; restore that file, or start on an empty folder"
              .formatted(folder.path(), ADMIN_PASSWORD));
    }
    String adminPassword = folder.secret(ADMIN_PASSWORD);
    boolean newPassword = !folder.has(SERVICES_PASSWORD);
    cluster.create(adminPassword);
    Keeper keeper = Keeper.start(cluster, port);
    PostgresServer server = new PostgresServer(folder, port, keeper, afterClose);
    try {
      Roles.grant(port, adminPassword, server.password(), newPassword);
    } catch (RuntimeException | Error e) {
      keeper.close();
      throw e;
    }
    LOG.info("PostgreSQL is ready on 127.0.0.1:{} ({})", port, folder.path());
    return server;
  }

  /** The services' database. */
  public String jdbcUrl() {
    return Roles.url(port, Roles.SERVICES);
  }

  public String user() {
    return Roles.SERVICES;
  }

  public String password() {
    return folder.secret(SERVICES_PASSWORD);
  }

  public Path folder() {
    return folder.path();
  }

  /** The server's process; another one takes its place when it ends without {@link #close}. */
  public ProcessHandle process() {
    return keeper.process();
  }

  /** Why there is no server at the moment; it is tried again and again. */
  public Optional<String> trouble() {
    return keeper.trouble();
  }

  /** Ends all sessions and stops the server. */
  @Override
  public void close() {
    keeper.close();
    folder.close();
    afterClose.run();
  }
}
