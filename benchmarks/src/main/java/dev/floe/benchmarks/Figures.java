package dev.floe.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one subject did.
 *
 * @param p50 milliseconds from sending one command alone to its answer, median
 * @param p99 the same, 99th percentile
 * @param oneArtifact commands a second on one artifact, many in flight
 * @param allArtifacts commands a second on many artifacts, many in flight
 */
record Figures(double p50, double p99, double oneArtifact, double allArtifacts) {

  /** The median of each figure over all rounds. */
  static Figures median(List<Figures> rounds) {
    return new Figures(
        median(rounds, Figures::p50),
        median(rounds, Figures::p99),
        median(rounds, Figures::oneArtifact),
        median(rounds, Figures::allArtifacts));
  }

  private static double median(List<Figures> rounds, ToDoubleFunction<Figures> figure) {
    return percentile(rounds.stream().mapToDouble(figure).toArray(), 0.5);
  }

  /** The smallest of {@code values} that a share of {@code part} of them do not exceed. */
  static double percentile(double[] values, double part) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)];
  }
}
