package dev.floe.gate.application;

import dev.floe.gate.domain.GateCommand.RecordGateResult;
import dev.floe.gate.domain.GateEnd;
import dev.floe.gate.domain.GateEvent.GateStarted;
import dev.floe.manifest.FreeText;

/** What the runner tells its journal of an attempt at a gate. */
public final class GateReport {

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
        FreeText.told(result.reason()),
        FreeText.told(result.message()),
        FreeText.told(result.hint()));
  }
}
