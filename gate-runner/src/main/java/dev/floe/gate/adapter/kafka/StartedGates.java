package dev.floe.gate.adapter.kafka;

import dev.floe.gate.application.GateWorker;
import dev.floe.gate.domain.GateCommand;
import dev.floe.gate.domain.GateCommand.ResumeGates;
import dev.floe.gate.domain.GateEvent;
import dev.floe.gate.domain.GateEvent.GateStarted;
import dev.floe.gate.domain.GateRuns;
import dev.floe.kernel.Recorded;
import dev.floe.messaging.KeyPartition;
import dev.floe.messaging.journal.JournalObserver;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Hands started gates to the worker, and starts open ones anew after a change of owner. */
public final class StartedGates implements JournalObserver<GateRuns, GateEvent> {

  private final GateWorker worker;
  private final BiConsumer<String, GateCommand> send;
  private final int partitions;
  private final Set<String> subjects = ConcurrentHashMap.newKeySet();

  /**
   * An observer of the runner's journal.
   *
   * @param send sends a command about an artifact without waiting for it
   */
  public StartedGates(GateWorker worker, BiConsumer<String, GateCommand> send, int partitions) {
    this.worker = worker;
    this.send = send;
    this.partitions = partitions;
  }

  @Override
  public void assigned(int partition, Map<String, GateRuns> states) {
    states.forEach(
        (artifact, runs) ->
            runs.open()
                .values()
                .forEach(
                    run ->
                        send.accept(
                            artifact,
                            new ResumeGates(run.current().promotion(), run.current().intent()))));
  }

  @Override
  public void recorded(List<Recorded<GateEvent>> facts) {
    for (Recorded<GateEvent> fact : facts) {
      if (fact.event() instanceof GateStarted started) {
        subjects.add(fact.subject());
        worker.begin(fact.subject(), started);
      }
    }
  }

  @Override
  public void revoked(int partition) {
    subjects.removeIf(
        artifact -> {
          boolean gone = KeyPartition.of(artifact, partitions) == partition;
          if (gone) {
            worker.stop(artifact);
          }
          return gone;
        });
  }
}
