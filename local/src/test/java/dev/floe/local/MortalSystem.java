package dev.floe.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.floe.embedded.folder.LoopbackPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A system in a process that dies and is started again on the same folder, with clients that repeat
 * their requests until they are answered.
 */
final class MortalSystem implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path folder;
  private final Path manifest;
  private final int port = LoopbackPort.free();
  private final ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
  private final AtomicInteger starts = new AtomicInteger();
  private volatile @Nullable Process process;
  private @Nullable BufferedReader says;

  MortalSystem(Path folder, Path manifest) {
    this.folder = folder;
    this.manifest = manifest;
  }

  Path data() {
    return folder.resolve("data");
  }

  int port() {
    return port;
  }

  Door door() {
    return new Door(data(), "http://127.0.0.1:" + port, this::untilAnswered);
  }

  /** Every {@code Floe-Position} that clients were given. */
  List<String> acknowledged() {
    return List.copyOf(acknowledged);
  }

  /** Starts it if it is not alive, and returns when it is ready. */
  synchronized void ensureRunning() {
    Process before = process;
    if (before != null && before.isAlive()) {
      return;
    }
    try {
      Process started = new ProcessBuilder(command()).redirectError(log()).start();
      process = started;
      starts.incrementAndGet();
      says = started.inputReader(UTF_8);
      await(HaltingSystem.READY);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Lets it halt right after the given occurrence of an event about the artifact. */
  void haltAfter(String artifact, String event, int which) {
    order("event %s %s %d%n".formatted(artifact, event, which));
  }

  /** Lets it halt as soon as a file is in the data folder. */
  void haltOnceThere(String file) {
    order("file %s%n".formatted(file));
  }

  private synchronized void order(String order) {
    ensureRunning();
    try {
      var orders = process().outputWriter(UTF_8);
      orders.write(order);
      orders.flush();
      await(HaltingSystem.ARMED);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Ends it as the kernel does when memory runs out. */
  void kill() {
    Process victim = process();
    victim.destroyForcibly();
    victim.onExit().join();
  }

  /** How often it was started. */
  int starts() {
    return starts.get();
  }

  boolean isAlive() {
    return process().isAlive();
  }

  private Process process() {
    Process now = process;
    if (now == null) {
      throw new IllegalStateException("it was never started");
    }
    return now;
  }

  private void await(String word) throws IOException {
    BufferedReader lines = says;
    if (lines == null) {
      throw new IllegalStateException("it was never started");
    }
    for (String line = lines.readLine(); !word.equals(line); line = lines.readLine()) {
      if (line == null) {
        throw new IllegalStateException("the system ended at its start; see " + log().file());
      }
    }
  }

  private ProcessBuilder.Redirect log() {
    return ProcessBuilder.Redirect.appendTo(folder.resolve("system.log").toFile());
  }

  /** This JVM's own command, less what measures it. */
  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-javaagent"))
        .forEach(command::add);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(HaltingSystem.class.getName());
    command.add(data().toString());
    command.add(Integer.toString(port));
    command.add(manifest.toString());
    return command;
  }

  private HttpResponse<byte[]> untilAnswered(HttpRequest request) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try {
        HttpResponse<byte[]> response = Person.once(request);
        if (response.statusCode() != 503) {
          response.headers().firstValue("Floe-Position").ifPresent(acknowledged::add);
          return response;
        }
        pause();
      } catch (IOException _) {
        ensureRunning();
      }
    }
    throw new IllegalStateException("no answer to %s within %s".formatted(request, PATIENCE));
  }

  private static void pause() {
    try {
      var _ = new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /** PostgreSQL's processes that serve this folder, the main one of each. */
  List<ProcessHandle> databases() {
    String data = data().resolve("postgres").resolve("data").toString();
    return ProcessHandle.allProcesses()
        .filter(each -> each.info().commandLine().orElse("").contains("-D " + data))
        .toList();
  }

  @Override
  public void close() {
    Process last = process;
    if (last != null) {
      last.destroy();
      last.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
  }
}
