package dev.floe.registry.adapter.kafka;

import dev.floe.kernel.Recorded;
import dev.floe.messaging.KeyPartition;
import dev.floe.messaging.journal.JournalObserver;
import dev.floe.registry.application.RegistryWorker;
import dev.floe.registry.domain.RegistryCommand;
import dev.floe.registry.domain.RegistryCommand.ResumeWork;
import dev.floe.registry.domain.RegistryEvent;
import dev.floe.registry.domain.RegistryEvent.ReplicationStarted;
import dev.floe.registry.domain.RegistryEvent.TagAssignmentStarted;
import dev.floe.registry.domain.Works;
import dev.floe.registry.domain.Works.Copying;
import dev.floe.registry.domain.Works.Tagging;
import dev.floe.registry.domain.Works.Work;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Hands started work to the worker, and starts open work anew after a change of owner. */
public final class StartedWork implements JournalObserver<Works, RegistryEvent> {

  private final RegistryWorker worker;
  private final BiConsumer<String, RegistryCommand> send;
  private final int partitions;
  private final Set<String> subjects = ConcurrentHashMap.newKeySet();

  /**
   * An observer of the journal.
   *
   * @param send sends a command about an artifact without waiting for it
   */
  public StartedWork(
      RegistryWorker worker, BiConsumer<String, RegistryCommand> send, int partitions) {
    this.worker = worker;
    this.send = send;
    this.partitions = partitions;
  }

  @Override
  public void assigned(int partition, Map<String, Works> states) {
    states.forEach(
        (artifact, works) ->
            works.open().keySet().forEach(id -> send.accept(artifact, new ResumeWork(id))));
  }

  @Override
  public void recorded(List<Recorded<RegistryEvent>> facts) {
    for (Recorded<RegistryEvent> fact : facts) {
      switch (fact.event()) {
        case ReplicationStarted started -> begin(fact.subject(), new Copying(started));
        case TagAssignmentStarted started -> begin(fact.subject(), new Tagging(started));
        default -> {}
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

  private void begin(String artifact, Work work) {
    subjects.add(artifact);
    worker.begin(artifact, work);
  }
}
