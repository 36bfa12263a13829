package dev.floe.benchmarks.copying;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one client's copying took.
 *
 * @param copyRequests per artifact, to both registries, without those that name its tag
 * @param tagRequests per artifact, those that name its tag
 */
record Measured(Cost cost, double copyRequests, double tagRequests) {

  /** The median of each figure over all rounds, and the worst of memory. */
  static Measured over(List<Measured> rounds) {
    return new Measured(
        new Cost(
            median(rounds, each -> each.cost().wall()),
            median(rounds, each -> each.cost().cpu()),
            rounds.stream().mapToDouble(each -> each.cost().growth()).max().orElseThrow()),
        median(rounds, Measured::copyRequests),
        median(rounds, Measured::tagRequests));
  }

  private static double median(List<Measured> rounds, ToDoubleFunction<Measured> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    return sorted[(sorted.length - 1) / 2];
  }
}
