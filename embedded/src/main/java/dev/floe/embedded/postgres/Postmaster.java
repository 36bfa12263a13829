package dev.floe.embedded.postgres;

import dev.floe.embedded.folder.CannotStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running PostgreSQL as its {@code postmaster.pid} tells of it, be it our child or an orphan. */
final class Postmaster {
  private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
  private static final String PID_FILE = "postmaster.pid";
  private static final int STATUS_LINE = 7;
  private static final Duration FAST = Duration.ofSeconds(20);
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  private Postmaster() {}

  static boolean isReady(Path data, long pid) {
    List<String> lines = lines(data);
    return lines.size() > STATUS_LINE
        && lines.getFirst().strip().equals(Long.toString(pid))
        && lines.get(STATUS_LINE).strip().equals("ready");
  }

  /** Stops what a killed predecessor left running on the data; the folder's lock is ours. */
  static void stopOrphan(Path data) {
    Optional<ProcessHandle> named =
        lines(data).stream()
            .findFirst()
            .map(String::strip)
            .filter(pid -> pid.matches("\\d+"))
            .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)));
    if (named.isEmpty()) {
      return;
    }
    ProcessHandle process = named.get();
    if (worksOn(process, data)) {
      LOG.info("PostgreSQL {} outlived its parent; stopping it", process.pid());
      stop(process);
    } else {
      forget(data, process.pid());
    }
  }

  /** The number was given to another process since; PostgreSQL would take that for itself. */
  private static void forget(Path data, long pid) {
    try {
      Files.deleteIfExists(data.resolve(PID_FILE));
    } catch (IOException e) {
      throw new CannotStartException(
          "%s names process %d, which is no PostgreSQL, and cannot be deleted (%s)"
              .formatted(data.resolve(PID_FILE), pid, e),
          e);
    }
  }

  private static boolean worksOn(ProcessHandle process, Path data) {
    Path folder = Path.of("/proc", Long.toString(process.pid()), "cwd");
    try {
      return folder.toRealPath().equals(data.toRealPath());
    } catch (IOException _) {
      return process.info().command().orElse("").endsWith("postgres");
    }
  }

  /** Ends the sessions and writes a checkpoint; at once, then by force when that takes too long. */
  static void stop(ProcessHandle process) {
    // Nobody's number but its own: a dead one's may be another process's by now.
    if (!process.isAlive()) {
      return;
    }
    if (!(endsAfter("INT", process, FAST) || endsAfter("QUIT", process, AT_ONCE))) {
      process.destroyForcibly();
      endsWithin(process, AT_ONCE);
    }
  }

  private static boolean endsAfter(String signal, ProcessHandle process, Duration patience) {
    try {
      // A signal by Java would be SIGTERM, at which PostgreSQL waits for its clients to leave.
      new ProcessBuilder("sh", "-c", "kill -s \"$0\" \"$1\"", signal, Long.toString(process.pid()))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      LOG.warn("PostgreSQL {} cannot be sent SIG{}: {}", process.pid(), signal, e.toString());
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
    return endsWithin(process, patience);
  }

  private static boolean endsWithin(ProcessHandle process, Duration patience) {
    try {
      process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static List<String> lines(Path data) {
    try {
      return Files.readAllLines(data.resolve(PID_FILE));
    } catch (IOException _) {
      return List.of();
    }
  }
}
