package dev.floe.benchmarks.copying;

/**
 * How much is copied.
 *
 * @param rounds how often everything is measured anew; the median counts
 * @param bytes of the large artifact, over all its layers
 * @param layers of the large artifact
 * @param artifacts how many small ones there are
 */
record CopyPlan(int rounds, long bytes, int layers, int artifacts) {

  static final CopyPlan DEFAULT = new CopyPlan(3, 1L << 30, 8, 500);

  /** As people write it: how many rounds, MiB of the large artifact, and small artifacts. */
  static CopyPlan of(String... args) {
    return new CopyPlan(
        Integer.parseInt(args[0]),
        Long.parseLong(args[1]) << 20,
        DEFAULT.layers(),
        Integer.parseInt(args[2]));
  }
}
