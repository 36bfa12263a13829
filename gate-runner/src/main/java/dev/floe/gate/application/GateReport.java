package dev.floe.gate.application;

import dev.floe.gate.domain.GateCommand.RecordGateResult;
import dev.floe.gate.domain.GateEnd;
import dev.floe.gate.domain.GateEvent.GateStarted;
import java.util.regex.Pattern;

/** What the runner tells its journal of an attempt at a gate. */
public final class GateReport {

  private static final Pattern MISLEADING =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\n]]");

  private GateReport() {}

  public static RecordGateResult of(GateStarted started, GateResult result) {
    return new RecordGateResult(
        started.promotion(),
        started.intent(),
        started.gate(),
        started.attempt(),
        switch (result.outcome()) {
          case PASSED -> GateEnd.PASSED;
          case FAILED -> GateEnd.FAILED;
          case ERRORED -> GateEnd.ERRORED;
        },
        result.exitCode(),
        result.durationMs(),
        result.output(),
        result.outputDigest().toString(),
        result.outputBytes(),
        shown(result.reason()),
        shown(result.message()),
        shown(result.hint()));
  }

  /**
   * The text without what a terminal would obey or nobody would see; it may quote what registries,
   * files and manifests hold.
   */
  static String shown(String text) {
    return MISLEADING.matcher(text).replaceAll(" ");
  }
}
