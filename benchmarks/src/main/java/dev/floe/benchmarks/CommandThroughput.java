package dev.floe.benchmarks;

import dev.floe.embedded.kafka.KafkaBroker;
import dev.floe.messaging.KafkaConnection;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * Measures how long a command takes, alone and with many others, beside a raw transactional loop on
 * the same broker in the same run; prints one Markdown table.
 */
public final class CommandThroughput {

  private CommandThroughput() {}

  public static void main(String[] args) throws Exception {
    System.out.print(measure(Plan.DEFAULT));
  }

  /** The report, in Markdown. */
  static String measure(Plan plan) throws InterruptedException {
    String conditions = conditions();
    List<Figures> raw = new ArrayList<>();
    List<Figures> journal = new ArrayList<>();
    try (var broker = KafkaBroker.inTemporaryFolder();
        var rawLoop = RawLoop.start(KafkaConnection.of(broker.servicesConfig()));
        var promotions = PromotionJournal.start(KafkaConnection.of(broker.servicesConfig()))) {
      var onRaw = new Load(rawLoop, plan);
      var onJournal = new Load(promotions, plan);
      onRaw.warmUp();
      onJournal.warmUp();
      for (int round = 0; round < plan.rounds(); round++) {
        raw.add(onRaw.round());
        journal.add(onJournal.round());
      }
    }
    return report(plan, conditions, Figures.median(raw), Figures.median(journal));
  }

  private static String conditions() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return "%s, %d cores, load average %.1f before the start, JDK %s, Kafka %s, one broker in the same JVM"
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            system.getAvailableProcessors(),
            system.getSystemLoadAverage(),
            Runtime.version(),
            AppInfoParser.getVersion());
  }

  static String report(Plan plan, String conditions, Figures raw, Figures journal) {
    return """
        %s. Median of %d rounds of %,d commands one by one and 2 × %,d with at most %,d unanswered.

        | | raw transactional loop | promotion journal | journal / raw |
        |---|---|---|---|
        %s%s%s%s"""
        .formatted(
            conditions,
            plan.rounds(),
            plan.single(),
            plan.many(),
            plan.window(),
            row("one command alone, p50, ms", "%.1f", raw, journal, Figures::p50),
            row("one command alone, p99, ms", "%.1f", raw, journal, Figures::p99),
            row("commands/s on one artifact", "%,.0f", raw, journal, Figures::oneArtifact),
            row(
                "commands/s on %d artifacts".formatted(Plan.ARTIFACTS),
                "%,.0f",
                raw,
                journal,
                Figures::allArtifacts));
  }

  private static String row(
      String name, String format, Figures raw, Figures journal, ToDoubleFunction<Figures> figure) {
    double base = figure.applyAsDouble(raw);
    double ours = figure.applyAsDouble(journal);
    return String.format(
        Locale.ROOT,
        "| %s | " + format + " | " + format + " | %.2f |%n",
        name,
        base,
        ours,
        ours / base);
  }
}
