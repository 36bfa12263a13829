package dev.floe.benchmarks.copying;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Puts what was measured into Markdown. */
final class CopyTable {

  private final Map<Who, Map<Scenario, Measured>> measured;
  private final StringBuilder rows = new StringBuilder();

  private CopyTable(Map<Who, Map<Scenario, Measured>> measured) {
    this.measured = measured;
  }

  static String conditions() throws IOException, InterruptedException {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return "%s, %d cores, load average %.1f before the start, JDK %s, %s"
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            system.getAvailableProcessors(),
            system.getSystemLoadAverage(),
            Runtime.version(),
            Skopeo.version());
  }

  static String of(CopyPlan plan, String conditions, Map<Who, Map<Scenario, Measured>> measured) {
    String large = "%,d MiB in %d layers, ".formatted(plan.bytes() >> 20, plan.layers());
    String cold = "%,d small artifacts, ".formatted(plan.artifacts());
    return new CopyTable(measured)
        .costs(large, Scenario.LARGE)
        .texts(large + "growth of memory, MiB", Scenario.LARGE, CopyTable::growth)
        .costs(cold, Scenario.COLD)
        .texts(cold + "requests each", Scenario.COLD, CopyTable::requests)
        .costs("the same again, ", Scenario.AGAIN)
        .texts("the same again, requests each", Scenario.AGAIN, CopyTable::requests)
        .withHeading("%s. Median of %d rounds.".formatted(conditions, plan.rounds()));
  }

  private String withHeading(String heading) {
    return """
        %s

        | | %s | %s | %s | resident / skopeo |
        |---|---|---|---|---|
        %s"""
        .formatted(
            heading, Who.RESIDENT.title(), Who.NEW.title(), Who.SKOPEO.title(), rows.toString());
  }

  private CopyTable costs(String what, Scenario scenario) {
    return numbers(what + "s", scenario, Cost::wall)
        .numbers(what + "CPU s of the client", scenario, Cost::cpu);
  }

  private CopyTable numbers(String name, Scenario scenario, ToDoubleFunction<Cost> figure) {
    Function<Who, Double> of = who -> figure.applyAsDouble(found(who, scenario).cost());
    String ratio =
        String.format(Locale.ROOT, "%.2f", of.apply(Who.RESIDENT) / of.apply(Who.SKOPEO));
    return row(name, who -> String.format(Locale.ROOT, "%.2f", of.apply(who)), ratio);
  }

  /** What has no ratio, or not for everybody. */
  private CopyTable texts(String name, Scenario scenario, Column column) {
    return row(name, who -> column.of(who, found(who, scenario)), "");
  }

  private CopyTable row(String name, Function<Who, String> column, String ratio) {
    rows.append("| ").append(name).append(" |");
    for (Who who : Who.values()) {
      rows.append(' ').append(column.apply(who)).append(" |");
    }
    rows.append(' ').append(ratio).append(" |\n");
    return this;
  }

  private Measured found(Who who, Scenario scenario) {
    Measured found = measured.getOrDefault(who, Map.of()).get(scenario);
    if (found == null) {
      throw new IllegalStateException(scenario + " was not measured with " + who);
    }
    return found;
  }

  /** Text of one client's column. */
  @FunctionalInterface
  private interface Column {
    String of(Who who, Measured measured);
  }

  private static String growth(Who who, Measured measured) {
    return who == Who.SKOPEO ? "–" : String.format(Locale.ROOT, "%.0f", measured.cost().growth());
  }

  private static String requests(Who who, Measured measured) {
    // Skopeo works by tag from the start, so it has no part that is about the tag alone.
    return who == Who.SKOPEO
        ? String.format(Locale.ROOT, "%.2f", measured.copyRequests() + measured.tagRequests())
        : String.format(
            Locale.ROOT,
            "%.2f + %.2f for the tag",
            measured.copyRequests(),
            measured.tagRequests());
  }
}
