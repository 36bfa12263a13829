package dev.floe.audit.view;

import dev.floe.gate.v1.GateErrored;
import dev.floe.gate.v1.GateFailed;
import dev.floe.gate.v1.GatePassed;
import dev.floe.gate.v1.GateSkipped;
import dev.floe.gate.v1.GateStarted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** What the gate runner's topic says about one promotion: each gate of each phase's last run. */
public record GateLog(List<Run> runs, Instant updatedAt) {

  public GateLog {
    runs = List.copyOf(runs);
  }

  /**
   * One gate.
   *
   * @param phase before or after
   * @param outcome null while it runs
   * @param notGuaranteed what the gate could do in spite of its isolation; empty if nothing
   * @param reason the outcome in a few words, such as {@code timeout after 600s}
   */
  public record Run(
      String name,
      String phase,
      @Nullable String outcome,
      @Nullable Long durationMs,
      @Nullable Integer exitCode,
      String output,
      String reason,
      String hint,
      String message,
      @Nullable String isolation,
      @Nullable String notGuaranteed,
      @Nullable String outputDigest,
      int attempt,
      int intent,
      Instant startedAt) {}

  static @Nullable GateLog after(@Nullable GateLog log, Fact fact) {
    return switch (fact.body()) {
      case GateStarted e -> with(log, fact, started(fact, e));
      case GatePassed _ -> with(log, fact, ended(log, fact, "passed"));
      case GateFailed _ -> with(log, fact, ended(log, fact, "failed"));
      case GateErrored _ -> with(log, fact, ended(log, fact, "errored"));
      case GateSkipped e -> with(log, fact, skipped(fact, e));
      default -> log;
    };
  }

  /** A later intent runs its phase anew: what an earlier one found out is no answer any more. */
  private static GateLog with(@Nullable GateLog log, Fact fact, Run run) {
    List<Run> runs = new ArrayList<>();
    for (Run known : log == null ? List.<Run>of() : log.runs()) {
      boolean samePhase = known.phase().equals(run.phase());
      if (samePhase && known.intent() > run.intent()) {
        return log == null ? new GateLog(List.of(), fact.at()) : log;
      }
      boolean replaced =
          samePhase && (known.intent() < run.intent() || known.name().equals(run.name()));
      if (!replaced) {
        runs.add(known);
      }
    }
    runs.add(run);
    return new GateLog(runs, fact.at());
  }

  private static Run started(Fact fact, GateStarted e) {
    return new Run(
        e.getGate(),
        word(e.getPhase()),
        null,
        null,
        null,
        "",
        "",
        "",
        "",
        e.getIsolation(),
        e.getNotGuaranteed(),
        null,
        e.getAttempt(),
        e.getIntent(),
        fact.at());
  }

  private static Run skipped(Fact fact, GateSkipped e) {
    return new Run(
        e.getGate(),
        word(e.getPhase()),
        "skipped",
        0L,
        null,
        "",
        e.getMessage(),
        "",
        e.getMessage(),
        null,
        null,
        null,
        0,
        e.getIntent(),
        fact.at());
  }

  /** The three ways to end have the same fields. */
  private static Run ended(@Nullable GateLog log, Fact fact, String outcome) {
    IndexedRecord e = fact.body();
    String gate = Fields.words(e, "gate");
    String phase = Fields.words(e, "phase").toLowerCase(Locale.ROOT);
    Run before = before(log, gate, phase);
    return new Run(
        gate,
        phase,
        outcome,
        Fields.number(e, "durationMs"),
        Fields.get(e, "exitCode") instanceof Integer code ? code : null,
        Fields.words(e, "output"),
        Fields.words(e, "reason"),
        Fields.words(e, "hint"),
        Fields.words(e, "message"),
        before == null ? null : before.isolation(),
        before == null ? null : before.notGuaranteed(),
        Fields.text(e, "outputDigest"),
        (int) Fields.number(e, "attempt"),
        (int) Fields.number(e, "intent"),
        before == null ? fact.at() : before.startedAt());
  }

  private static @Nullable Run before(@Nullable GateLog log, String gate, String phase) {
    return log == null
        ? null
        : log.runs().stream()
            .filter(run -> run.name().equals(gate) && run.phase().equals(phase))
            .findFirst()
            .orElse(null);
  }

  static String word(Enum<?> symbol) {
    return symbol.name().toLowerCase(Locale.ROOT);
  }
}
