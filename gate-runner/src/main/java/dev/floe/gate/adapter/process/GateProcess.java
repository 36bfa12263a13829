package dev.floe.gate.adapter.process;

import dev.floe.gate.adapter.process.Attempt.End;
import dev.floe.gate.adapter.process.OutputCapture.Captured;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a command once in its cell, and returns only when nothing of it runs any more. */
final class GateProcess {

  private static final Redirect NOTHING = Redirect.from(new File("/dev/null"));

  /** How long an isolation may take to be set up, on a very busy host. */
  private static final Duration ISOLATION_TIME = Duration.ofSeconds(30);

  /** How long the pipe may stay open once every process that could be found is dead. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final Launcher launcher;
  private final Isolation isolation;

  GateProcess(Launcher launcher, Isolation isolation) {
    this.launcher = launcher;
    this.isolation = isolation;
  }

  Attempt run(
      String gate,
      List<String> command,
      Map<String, String> environment,
      Duration timeout,
      Cell cell,
      SecretFinder secrets)
      throws IOException, InterruptedException {
    makePipe(cell.output());
    try (OutputReader reader = new OutputReader(cell.output(), new OutputCapture(secrets))) {
      ProcessBuilder builder = new ProcessBuilder(isolation.wrap(cell, command));
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder.directory(cell.work().toFile()).redirectInput(NOTHING);
      builder.redirectErrorStream(true).redirectOutput(cell.output().toFile());
      Process process = launcher.start(builder);
      long started;
      boolean ended;
      try {
        reader.start(gate);
        awaitReady(process, cell);
        started = System.nanoTime();
        ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
      } finally {
        end(process, cell);
      }
      Duration duration = Duration.ofNanos(System.nanoTime() - started);
      Captured output = reader.captured(LAST_WORDS);
      return new Attempt(howItEnded(process, ended, cell), output, duration);
    }
  }

  /** The gate's time begins with its command; what the isolation needs before is not its own. */
  private void awaitReady(Process process, Cell cell) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + ISOLATION_TIME.toNanos();
    while (isolation.confines() && !isReady(cell.marker()) && System.nanoTime() < deadline) {
      if (process.waitFor(5, TimeUnit.MILLISECONDS)) {
        return;
      }
    }
  }

  /** Cannot be interrupted: whatever made the runner stop, the gate's processes must go. */
  private void end(Process process, Cell cell) {
    ProcessTree.kill(process);
    // A process that hangs in the kernel cannot be killed; its gate is over nevertheless.
    process.onExit().completeOnTimeout(process, 5, TimeUnit.SECONDS).join();
    if (!isolation.confines()) {
      ProcessTree.killStragglers(cell.control());
    }
  }

  private End howItEnded(Process process, boolean ended, Cell cell) throws IOException {
    if (isolation.confines() && !isReady(cell.marker())) {
      return new End.NotIsolated();
    }
    return ended ? new End.Exited(process.exitValue()) : new End.TimedOut();
  }

  private static boolean isReady(Path marker) throws IOException {
    return Files.exists(marker) && Files.readString(marker).endsWith("ready\n");
  }

  private void makePipe(Path path) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("mkfifo", "-m", "600", path.toString());
    builder.redirectInput(NOTHING).redirectErrorStream(true);
    builder.redirectOutput(Redirect.DISCARD);
    if (launcher.start(builder).waitFor() != 0) {
      throw new IOException("could not make the named pipe " + path);
    }
  }
}
