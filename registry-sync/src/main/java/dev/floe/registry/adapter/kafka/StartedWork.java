package dev.floe.registry.adapter.kafka;

import dev.floe.kernel.Recorded;
import dev.floe.messaging.journal.Attempts;
import dev.floe.messaging.journal.JournalObserver;
import dev.floe.messaging.journal.Reports;
import dev.floe.registry.application.RegistryWorker;
import dev.floe.registry.domain.RegistryCommand;
import dev.floe.registry.domain.RegistryCommand.ResumeWork;
import dev.floe.registry.domain.RegistryEvent;
import dev.floe.registry.domain.RegistryEvent.CatchUpStarted;
import dev.floe.registry.domain.RegistryEvent.ReplicationStarted;
import dev.floe.registry.domain.RegistryEvent.TagAssignmentStarted;
import dev.floe.registry.domain.Works;
import dev.floe.registry.domain.Works.CatchingUp;
import dev.floe.registry.domain.Works.Copying;
import dev.floe.registry.domain.Works.Tagging;
import dev.floe.registry.domain.Works.Work;
import java.util.List;
import java.util.Map;

/** Does started work, and starts open work anew after a change of owner. */
public final class StartedWork implements JournalObserver<Works, RegistryEvent> {

  private final RegistryWorker worker;
  private final Attempts<RegistryCommand> attempts;
  private final Reports<RegistryCommand> reports;

  public StartedWork(
      RegistryWorker worker, Attempts<RegistryCommand> attempts, Reports<RegistryCommand> reports) {
    this.worker = worker;
    this.attempts = attempts;
    this.reports = reports;
  }

  @Override
  public void assigned(int partition, Map<String, Works> states) {
    states.forEach(
        (artifact, works) ->
            works.open().keySet().forEach(id -> reports.sendLater(artifact, new ResumeWork(id))));
  }

  @Override
  public void recorded(List<Recorded<RegistryEvent>> facts) {
    for (Recorded<RegistryEvent> fact : facts) {
      switch (fact.event()) {
        case ReplicationStarted started -> begin(fact.subject(), new Copying(started));
        case TagAssignmentStarted started -> begin(fact.subject(), new Tagging(started));
        case CatchUpStarted started -> begin(fact.subject(), new CatchingUp(started));
        default -> {}
      }
    }
  }

  @Override
  public void revoked(int partition) {
    attempts.stop(partition);
  }

  private void begin(String artifact, Work work) {
    attempts.begin(artifact, work.id(), () -> worker.attempt(artifact, work));
  }
}
