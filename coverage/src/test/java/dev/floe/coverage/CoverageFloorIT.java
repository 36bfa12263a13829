package dev.floe.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CoverageFloorIT {

  /** Lines of code, by whether a test ran them. */
  private record Lines(long missed, long covered) {
    Lines plus(Lines other) {
      return new Lines(missed + other.missed, covered + other.covered);
    }

    double share() {
      return missed + covered == 0 ? 1 : (double) covered / (missed + covered);
    }
  }

  @Test
  @Requirement("D.2")
  void the_tests_of_all_modules_together_run_enough_of_their_lines() throws IOException {
    double floor = Double.parseDouble(System.getProperty("coverage.floor", "0.80"));
    Map<String, Lines> modules = modules(Path.of(System.getProperty("coverage.report", "")));
    Lines all = modules.values().stream().reduce(new Lines(0, 0), Lines::plus);
    modules.forEach((module, lines) -> print(module, lines));
    print("all", all);

    assertThat(modules)
        .as("modules in the report; run ./mvnw verify at the root, so that it has all of them")
        .hasSizeGreaterThan(10);
    assertThat(all.share()).as("share of lines that tests run").isGreaterThanOrEqualTo(floor);
  }

  private static void print(String name, Lines lines) {
    System.out.printf("%5.1f %% of %6d lines: %s%n", lines.share() * 100, total(lines), name);
  }

  private static long total(Lines lines) {
    return lines.missed() + lines.covered();
  }

  private static Map<String, Lines> modules(Path report) throws IOException {
    List<String> rows = Files.readAllLines(report);
    List<String> columns = List.of(rows.getFirst().split(",", -1));
    int missed = columns.indexOf("LINE_MISSED");
    int covered = columns.indexOf("LINE_COVERED");
    Map<String, Lines> modules = new TreeMap<>();
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",", -1);
      String module = cells[0].substring(cells[0].lastIndexOf('/') + 1);
      var lines = new Lines(Long.parseLong(cells[missed]), Long.parseLong(cells[covered]));
      modules.merge(module, lines, Lines::plus);
    }
    return modules;
  }
}
