package dev.floe.registry.application;

import dev.floe.registry.domain.RegistryCommand;
import dev.floe.registry.domain.RegistryCommand.ResumeWork;
import dev.floe.registry.domain.Works.Copying;
import dev.floe.registry.domain.Works.Tagging;
import dev.floe.registry.domain.Works.Work;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what has been recorded as started, each on a thread of its own, and reports its end. */
public final class RegistryWorker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RegistryWorker.class);

  /** Where reports go: returns when the report is durable. */
  @FunctionalInterface
  public interface Reports {
    void send(String artifact, RegistryCommand command) throws InterruptedException;
  }

  private final RegistryWork work;
  private final Reports reports;
  private final Consumer<String> fence;
  private final InstantSource clock;
  private final Map<String, Thread> running = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * A worker.
   *
   * @param fence proves that this process still writes for the artifact, or throws
   */
  public RegistryWorker(
      RegistryWork work, Reports reports, Consumer<String> fence, InstantSource clock) {
    this.work = work;
    this.reports = reports;
    this.fence = fence;
    this.clock = clock;
  }

  /** Begins the attempt; an earlier attempt at the same work is stopped first. */
  public void begin(String artifact, Work open) {
    String place = artifact + "/" + open.id();
    Thread thread =
        Thread.ofVirtual().name("registry " + place).unstarted(() -> run(artifact, open, place));
    Thread before = running.put(place, thread);
    if (before != null) {
      before.interrupt();
    }
    if (!closed) {
      thread.start();
    }
  }

  /** Stops everything that runs for {@code artifact}; its next owner starts it anew. */
  public void stop(String artifact) {
    running.forEach(
        (place, thread) -> {
          if (place.startsWith(artifact + "/")) {
            thread.interrupt();
          }
        });
  }

  @Override
  public void close() {
    closed = true;
    running.values().forEach(Thread::interrupt);
  }

  private void run(String artifact, Work open, String place) {
    try {
      RegistryCommand report = report(artifact, open);
      if (!Thread.currentThread().isInterrupted() && !closed) {
        reports.send(artifact, report);
      }
    } catch (InterruptedException _) {
      LOG.atInfo().setMessage("work was given up").addKeyValue("work", place).log();
    } catch (RuntimeException broken) {
      LOG.atError().setMessage("work broke").addKeyValue("work", place).setCause(broken).log();
    } finally {
      running.remove(place, Thread.currentThread());
    }
  }

  private RegistryCommand report(String artifact, Work open) {
    if (open.actBefore().isBefore(clock.instant())) {
      // Too late to act: asking to resume makes the rules say so.
      return new ResumeWork(open.id());
    }
    return switch (open) {
      case Copying(var started) -> work.copy(artifact, started);
      case Tagging(var started) -> work.tag(artifact, started, () -> fence.accept(artifact));
    };
  }
}
