package dev.floe.gate.adapter.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Ends all processes of a gate, those included that left its tree by a double fork or a new
 * session: their environment still names the gate's private folder, which no other gate has.
 */
final class ProcessTree {

  private static final Path PROC = Path.of("/proc");
  private static final Duration LONGEST = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofMillis(5);

  private ProcessTree() {}

  /** Kills the process and what descends from it. */
  static void kill(Process process) {
    Stream<ProcessHandle> descendants = process.descendants();
    List<ProcessHandle> all = new ArrayList<>(descendants.toList());
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
  }

  /** Kills whoever has his temporary files in or below that folder, until nobody is left. */
  static void killStragglers(Path folder) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    List<ProcessHandle> found = stragglers(folder);
    while (!found.isEmpty() && System.nanoTime() < deadline) {
      found.forEach(ProcessHandle::destroyForcibly);
      LockSupport.parkNanos(PAUSE.toNanos());
      found = stragglers(folder);
    }
  }

  private static List<ProcessHandle> stragglers(Path folder) {
    List<ProcessHandle> found = new ArrayList<>();
    String mark = "\0TMPDIR=" + folder + "/";
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (environment(process).contains(mark)) {
          handle(process).filter(ProcessHandle::isAlive).ifPresent(found::add);
        }
      }
    } catch (IOException | DirectoryIteratorException _) {
      // A host without /proc: the descendants were all there is to know.
    }
    return found;
  }

  private static Optional<ProcessHandle> handle(Path process) {
    long pid = Long.parseLong(process.getFileName().toString());
    return pid == ProcessHandle.current().pid() ? Optional.empty() : ProcessHandle.of(pid);
  }

  private static String environment(Path process) {
    try {
      byte[] bytes = Files.readAllBytes(process.resolve("environ"));
      return "\0" + new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException _) {
      // It has ended, or is somebody else's.
      return "";
    }
  }
}
