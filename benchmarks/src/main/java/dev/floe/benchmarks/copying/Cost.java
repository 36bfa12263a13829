package dev.floe.benchmarks.copying;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a piece of work took.
 *
 * @param wall seconds
 * @param cpu seconds of the client's processors, in user and kernel mode
 * @param growth MiB of memory beyond what the client held before; 0 if it was not looked at
 */
record Cost(double wall, double cpu, double growth) {

  private static final double TICKS_A_SECOND = 100;

  /** Whose processor time counts. */
  enum Of {
    THIS_PROCESS(13),
    /** Those that have ended and been waited for. */
    CHILDREN(15);

    /** Index in {@code /proc/self/stat} of user time, which kernel time follows. */
    private final int field;

    Of(int field) {
      this.field = field;
    }

    private double seconds() throws IOException {
      String stat = Files.readString(Path.of("/proc/self/stat"));
      // The second field is the program's name in parentheses, and may contain blanks.
      List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
      return (Long.parseLong(fields.get(field - 2)) + Long.parseLong(fields.get(field - 1)))
          / TICKS_A_SECOND;
    }
  }

  /** Something that takes time. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException, InterruptedException;
  }

  static Cost of(Of whose, Work work) throws IOException, InterruptedException {
    double cpu = whose.seconds();
    long start = System.nanoTime();
    double growth = Memory.growth(work);
    double wall = (System.nanoTime() - start) / 1e9;
    return new Cost(wall, whose.seconds() - cpu, whose == Of.THIS_PROCESS ? growth : 0);
  }

  Cost withGrowth(double other) {
    return new Cost(wall, cpu, other);
  }
}
