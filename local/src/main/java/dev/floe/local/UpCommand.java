package dev.floe.local;

import dev.floe.cli.console.Console;
import dev.floe.cli.console.Failure;
import dev.floe.cli.document.Doc;
import dev.floe.cli.session.Session;
import dev.floe.embedded.folder.CannotStartException;
import dev.floe.manifest.ProblemCode;
import dev.floe.promotion.application.ManifestDesk;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code floe up}: the whole system, until it is stopped. */
@Command(
    name = "up",
    description = "Starts the whole system in one process, with embedded real parts.",
    footer = {
      "",
      "Examples:",
      "  floe up",
      "  floe up --manifest manifest.yaml --data ./data --port 8090 --detach"
    })
final class UpCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(UpCommand.class);

  private final Session session;

  @Option(
      names = "--manifest",
      paramLabel = "FILE",
      description =
          "Manifest to apply now and whenever the file changes. Default: the sample, at the first"
              + " start.")
  String manifest = "";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "Port of HTTP on 127.0.0.1; 0 takes the folder's last one, or a free one. Default: 8080.")
  int port = 8080;

  @Option(
      names = "--min-free",
      paramLabel = "MB",
      description =
          "Refuses new work while the folder's disk has less left. Default: ${DEFAULT-VALUE}.")
  int minFree = Storage.RESERVE_MB;

  @Option(names = "--detach", description = "Returns when all is ready; floe down stops it.")
  boolean detach;

  @Option(
      names = "--allow-empty",
      description = "Applies the manifest even if it takes away all gates or all teams.")
  boolean allowEmpty;

  UpCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    UpOptions.checkPort(port);
    Path folder = session.folder().path().toAbsolutePath().normalize();
    @Nullable Path file = manifest.isEmpty() ? null : session.io().path(manifest);
    if (file != null) {
      UpOptions.checkManifest(file);
    }
    UpOptions.checkFolder(folder);
    int chosen = UpOptions.chosen(port, folder);
    var settings =
        new FloeSystem.Settings(folder, chosen, file, session.user(), allowEmpty, minFree);
    return detach ? new Detached(session, settings).start() : attached(settings);
  }

  private int attached(FloeSystem.Settings settings) throws InterruptedException {
    var stopped = new CountDownLatch(1);
    FloeSystem system = start(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(system, stopped), "floe-stop"));
    system.troubles().forEach(session.console()::warn);
    system.refusedManifest().ifPresent(this::warn);
    UpOptions.remember(settings.port(), settings.data());
    Doc running = Running.document(settings.data());
    session.console().result(running, () -> Running.lines(running, session));
    if (!session.io().variable(Detached.VARIABLE).isEmpty()) {
      system.leaveConsole();
    }
    watch(system, settings.manifest(), stopped);
    return 0;
  }

  private FloeSystem start(FloeSystem.Settings settings) throws InterruptedException {
    tell(
        "Starting Kafka, PostgreSQL, a schema registry, an OCI registry and floe in "
            + settings.data());
    try {
      return FloeSystem.start(settings);
    } catch (CannotStartException | ManifestDesk.TooLarge cannot) {
      throw Failure.usage(String.valueOf(cannot.getMessage()), "");
    } catch (BadManifest bad) {
      String.valueOf(bad.getMessage()).lines().forEach(session.console()::note);
      throw Failure.of(
          ProblemCode.INVALID_MANIFEST,
          "%s is refused".formatted(manifest.isEmpty() ? "the sample manifest" : manifest),
          "docs/manifest.md describes every key.");
    } catch (RuntimeException failed) {
      if (UpOptions.isNoSpace(failed)) {
        throw UpOptions.noSpace(settings.data());
      }
      LOG.error("the start failed", failed);
      throw failed;
    }
  }

  private void warn(BadManifest refused) {
    session.console().warn(manifest + " is refused; the last good manifest stays in force");
    String.valueOf(refused.getMessage()).lines().forEach(session.console()::note);
  }

  private void tell(String line) {
    Console console = session.console();
    if (console.moves()) {
      console.activity(line);
    } else {
      console.note(line);
    }
  }

  /** Applies the manifest file again when it changes, until the system stops. */
  private void watch(FloeSystem system, @Nullable Path file, CountDownLatch stopped)
      throws InterruptedException {
    long seen = modified(file);
    while (!stopped.await(1, TimeUnit.SECONDS)) {
      long now = modified(file);
      if (file != null && now != seen) {
        seen = now;
        system.applyChanged(file).lines().forEach(session.console()::note);
      }
    }
  }

  private static long modified(@Nullable Path file) {
    return file == null ? 0 : file.toFile().lastModified();
  }

  private static void stop(FloeSystem system, CountDownLatch stopped) {
    stopped.countDown();
    system.close();
  }
}
