package dev.floe.benchmarks;

/**
 * How much is measured.
 *
 * @param rounds how often everything is measured anew; the median counts
 * @param single commands that are sent one by one
 * @param many commands that are sent with {@code window} unanswered at most
 */
record Plan(int rounds, int single, int many, int window) {

  static final Plan DEFAULT = new Plan(3, 500, 10_000, 1_000);

  /** Artifacts that many commands are spread over, which is every partition. */
  static final int ARTIFACTS = 48;

  static String artifact(int number) {
    return "artifact-" + number % ARTIFACTS;
  }
}
