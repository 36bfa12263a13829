package dev.floe.gate.adapter.kafka;

import dev.floe.gate.application.GateReport;
import dev.floe.gate.application.GateRun;
import dev.floe.gate.domain.GateCommand;
import dev.floe.gate.domain.GateCommand.ResumeGates;
import dev.floe.gate.domain.GateEvent;
import dev.floe.gate.domain.GateEvent.GateErrored;
import dev.floe.gate.domain.GateEvent.GateFailed;
import dev.floe.gate.domain.GateEvent.GatePassed;
import dev.floe.gate.domain.GateEvent.GateSkipped;
import dev.floe.gate.domain.GateEvent.GateStarted;
import dev.floe.gate.domain.GateEvent.IntentLapsed;
import dev.floe.gate.domain.GateOutcome;
import dev.floe.gate.domain.GateRuns;
import dev.floe.kernel.Recorded;
import dev.floe.messaging.journal.Attempts;
import dev.floe.messaging.journal.JournalObserver;
import dev.floe.messaging.journal.Reports;
import java.util.List;
import java.util.Map;

/**
 * Runs started gates, stops those that the log says are over, and starts open ones anew after a
 * change of owner.
 */
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
      String artifact = fact.subject();
      switch (fact.event()) {
        case GateStarted e ->
            attempts.begin(artifact, e.promotion(), () -> GateReport.of(e, runs.run(artifact, e)));
        case GateErrored e when GateOutcome.stopped(e.reason()) ->
            attempts.stop(artifact, e.promotion());
        case IntentLapsed e -> attempts.stop(artifact, e.promotion());
        case GatePassed _, GateFailed _, GateErrored _, GateSkipped _ -> {
          // It ended by itself, so nothing of it runs.
        }
      }
    }
  }

  @Override
  public void revoked(int partition) {
    attempts.stop(partition);
  }
}
