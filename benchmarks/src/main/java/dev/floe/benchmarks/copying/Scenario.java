package dev.floe.benchmarks.copying;

/** What is copied. */
enum Scenario {
  /** One artifact in a few large layers. */
  LARGE,
  /** Many small artifacts to a registry that has nothing of them. */
  COLD,
  /** The same to the same registry once more. */
  AGAIN
}
