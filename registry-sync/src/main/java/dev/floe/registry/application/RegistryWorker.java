package dev.floe.registry.application;

import dev.floe.registry.domain.RegistryCommand;
import dev.floe.registry.domain.RegistryCommand.ResumeWork;
import dev.floe.registry.domain.Works.CatchingUp;
import dev.floe.registry.domain.Works.Copying;
import dev.floe.registry.domain.Works.Tagging;
import dev.floe.registry.domain.Works.Work;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Does what has been recorded as started, while there is time, and says what came of it. */
public final class RegistryWorker {

  private final RegistryWork work;
  private final Consumer<String> fence;
  private final InstantSource clock;

  /**
   * A worker.
   *
   * @param fence proves that this process still writes for the artifact, or throws
   */
  public RegistryWorker(RegistryWork work, Consumer<String> fence, InstantSource clock) {
    this.work = work;
    this.fence = fence;
    this.clock = clock;
  }

  /** One attempt, and the command that reports it. */
  public RegistryCommand attempt(String artifact, Work open) {
    if (open.actBefore().isBefore(clock.instant())) {
      // Too late to act: asking to resume makes the rules say so.
      return new ResumeWork(open.id());
    }
    return switch (open) {
      case Copying(var started) -> work.copy(artifact, started);
      case Tagging(var started) -> work.tag(artifact, started, () -> fence.accept(artifact));
      case CatchingUp(var started) -> work.catchUp(artifact, started, () -> fence.accept(artifact));
    };
  }
}
