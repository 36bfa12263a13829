package dev.floe.benchmarks.copying;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory this process really holds, as Linux counts it. */
final class Memory {

  private static final Path STATUS = Path.of("/proc/self/status");

  private Memory() {}

  /** MiB that the process holds at most while it works, beyond what it held before. */
  static double growth(Cost.Work work) throws IOException, InterruptedException {
    // The highest mark counts from now on.
    Files.writeString(Path.of("/proc/self/clear_refs"), "5");
    double before = mebibytes("VmRSS:");
    work.run();
    return mebibytes("VmHWM:") - before;
  }

  private static double mebibytes(String name) throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
      }
    }
    throw new IOException(STATUS + " has no " + name);
  }
}
