package dev.floe.gate.domain;

import dev.floe.gate.domain.GateCommand.RecordGateResult;
import dev.floe.gate.domain.GateCommand.StopGates;
import dev.floe.gate.domain.GateEvent.GateErrored;
import dev.floe.gate.domain.GateEvent.GateFailed;
import dev.floe.gate.domain.GateEvent.GatePassed;
import dev.floe.gate.domain.GateEvent.GateSkipped;
import dev.floe.gate.domain.GateEvent.GateStarted;
import dev.floe.gate.domain.GateRuns.Run;
import dev.floe.manifest.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events that a gate's end is told with. */
final class GateEnds {

  private GateEnds() {}

  static GateEvent event(GateStarted s, RecordGateResult c, @Nullable PhaseVerdict verdict) {
    return switch (c.outcome()) {
      case PASSED -> passed(s, c, verdict);
      case FAILED -> failed(s, c, verdict);
      case ERRORED, SKIPPED -> errored(s, c, verdict);
    };
  }

  private static GatePassed passed(
      GateStarted s, RecordGateResult c, @Nullable PhaseVerdict verdict) {
    return new GatePassed(
        s.promotion(),
        s.intent(),
        s.version(),
        s.digest(),
        s.from(),
        s.to(),
        s.phase(),
        s.gate(),
        s.attempt(),
        c.exitCode(),
        c.durationMs(),
        c.output(),
        c.outputDigest(),
        c.outputBytes(),
        c.reason(),
        c.message(),
        c.hint(),
        verdict);
  }

  private static GateFailed failed(
      GateStarted s, RecordGateResult c, @Nullable PhaseVerdict verdict) {
    return new GateFailed(
        s.promotion(),
        s.intent(),
        s.version(),
        s.digest(),
        s.from(),
        s.to(),
        s.phase(),
        s.gate(),
        s.attempt(),
        c.exitCode(),
        c.durationMs(),
        c.output(),
        c.outputDigest(),
        c.outputBytes(),
        c.reason(),
        c.message(),
        c.hint(),
        verdict);
  }

  private static GateErrored errored(
      GateStarted s, RecordGateResult c, @Nullable PhaseVerdict verdict) {
    return new GateErrored(
        s.promotion(),
        s.intent(),
        s.version(),
        s.digest(),
        s.from(),
        s.to(),
        s.phase(),
        s.gate(),
        s.attempt(),
        c.exitCode(),
        c.durationMs(),
        c.output(),
        c.outputDigest(),
        c.outputBytes(),
        c.reason(),
        c.message(),
        c.hint(),
        verdict);
  }

  /** The gate that runs ends here, and those after it do not get their turn. */
  static List<GateEvent> stopped(Run run, StopGates c, Instant now) {
    GateStarted s = run.current();
    List<GateOutcome> ended = run.endedWith(GateEnd.ERRORED, c.reason());
    var end =
        new RecordGateResult(
            s.promotion(),
            s.intent(),
            s.gate(),
            s.attempt(),
            GateEnd.ERRORED,
            null,
            Math.max(0, Duration.between(run.since(), now).toMillis()),
            "",
            Digest.sha256("").toString(),
            0,
            c.reason(),
            c.message(),
            "");
    List<GateEvent> events = new ArrayList<>();
    events.add(errored(s, end, run.rest().isEmpty() ? PhaseVerdict.of(ended) : null));
    events.addAll(skipped(run, ended, "skipped: " + c.reason()));
    return events;
  }

  /** The gates that did not get their turn; the last one carries the verdict. */
  static List<GateSkipped> skipped(Run run, List<GateOutcome> ended, String why) {
    GateStarted s = run.current();
    List<GateOutcome> all = new ArrayList<>(ended);
    run.rest().forEach(gate -> all.add(new GateOutcome(gate.name(), GateEnd.SKIPPED)));
    List<GateSkipped> events = new ArrayList<>();
    for (GateRef gate : run.rest()) {
      boolean last = events.size() == run.rest().size() - 1;
      events.add(
          new GateSkipped(
              s.promotion(),
              s.intent(),
              s.version(),
              s.digest(),
              s.from(),
              s.to(),
              s.phase(),
              gate.name(),
              why,
              last ? PhaseVerdict.of(all) : null));
    }
    return events;
  }
}
