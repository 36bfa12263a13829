package dev.floe.gate.adapter.kafka;

import dev.floe.gate.application.GateReport;
import dev.floe.gate.application.GateRun;
import dev.floe.gate.domain.GateCommand;
import dev.floe.gate.domain.GateCommand.ResumeGates;
import dev.floe.gate.domain.GateEvent;
import dev.floe.gate.domain.GateEvent.GateStarted;
import dev.floe.gate.domain.GateRuns;
import dev.floe.kernel.Recorded;
import dev.floe.messaging.journal.Attempts;
import dev.floe.messaging.journal.JournalObserver;
import dev.floe.messaging.journal.Reports;
import java.util.List;
import java.util.Map;

/** Runs started gates, and starts open ones anew after a change of owner. */
public final class StartedGates implements JournalObserver<GateRuns, GateEvent> {

  private final GateRun runs;
  private final Attempts<GateCommand> attempts;
  private final Reports<GateCommand> reports;

  public StartedGates(GateRun runs, Attempts<GateCommand> attempts, Reports<GateCommand> reports) {
    this.runs = runs;
    this.attempts = attempts;
    this.reports = reports;
  }

  @Override
  public void assigned(int partition, Map<String, GateRuns> states) {
    states.forEach(
        (artifact, state) ->
            state
                .open()
                .values()
                .forEach(
                    run ->
                        reports.sendLater(
                            artifact,
                            new ResumeGates(run.current().promotion(), run.current().intent()))));
  }

  @Override
  public void recorded(List<Recorded<GateEvent>> facts) {
    for (Recorded<GateEvent> fact : facts) {
      if (fact.event() instanceof GateStarted started) {
        String artifact = fact.subject();
        attempts.begin(
            artifact,
            started.promotion(),
            () -> GateReport.of(started, runs.run(artifact, started)));
      }
    }
  }

  @Override
  public void revoked(int partition) {
    attempts.stop(partition);
  }
}
