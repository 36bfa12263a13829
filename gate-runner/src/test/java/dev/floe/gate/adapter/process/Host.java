package dev.floe.gate.adapter.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What tests see of the machine they run on. */
final class Host {

  private Host() {}

  /**
   * The best isolation of each kind that works here; always, and first, the one that isolates
   * nothing.
   */
  static Stream<Isolation> isolations() {
    String path = System.getenv().getOrDefault("PATH", "");
    try (Launcher launcher = new Launcher()) {
      Path folder = Files.createTempDirectory("probe");
      IsolationProbe probe = new IsolationProbe(launcher, new PrivateFolders(folder));
      Map<String, Isolation> working = new LinkedHashMap<>();
      working.put("none", new Isolation.Unconfined());
      for (Isolation candidate : IsolationProbe.candidates(path)) {
        if (!working.containsKey(candidate.label()) && probe.works(candidate)) {
          working.put(candidate.label(), candidate);
        }
      }
      PrivateFolders.remove(folder);
      return working.values().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** None, and the one that the runner would choose. */
  static Stream<Isolation> choices() {
    return isolations().limit(2);
  }

  /** How many processes have the text in their command line. */
  static long running(String text) {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes.filter(p -> commandLine(p).contains(text)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many processes are exactly this sleep, and not a shell that speaks of it. */
  static long sleeping(String sleep) {
    return running("\0" + sleep.replace(' ', '\0') + "\0");
  }

  private static String commandLine(Path process) {
    try {
      return "\0" + Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }
}
