package dev.floe.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FiguresTest {

  private static final double[] HUNDRED =
      IntStream.rangeClosed(1, 100).map(i -> 101 - i).asDoubleStream().toArray();

  @Test
  void a_percentile_is_a_value_that_was_measured() {
    assertThat(Figures.percentile(HUNDRED, 0.5)).isEqualTo(50);
    assertThat(Figures.percentile(HUNDRED, 0.99)).isEqualTo(99);
    assertThat(Figures.percentile(HUNDRED, 1)).isEqualTo(100);
    assertThat(Figures.percentile(new double[] {7}, 0.5)).isEqualTo(7);
  }

  @Test
  void each_figure_has_its_own_median() {
    var rounds =
        List.of(new Figures(1, 9, 300, 10), new Figures(2, 7, 100, 30), new Figures(3, 8, 200, 20));

    assertThat(Figures.median(rounds)).isEqualTo(new Figures(2, 8, 200, 20));
  }

  @Test
  void the_table_puts_the_journal_beside_the_baseline() {
    String report =
        CommandThroughput.report(
            Plan.DEFAULT, "Here", new Figures(2, 4, 2_000, 4_000), new Figures(3, 5, 1_000, 5_000));

    assertThat(report)
        .startsWith("Here. Median of 3 rounds")
        .contains("| one command alone, p50, ms | 2.0 | 3.0 | 1.50 |")
        .contains("| commands/s on one artifact | 2,000 | 1,000 | 0.50 |")
        .contains("| commands/s on 48 artifacts | 4,000 | 5,000 | 1.25 |");
  }
}
