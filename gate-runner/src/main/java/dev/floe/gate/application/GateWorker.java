package dev.floe.gate.application;

import dev.floe.gate.domain.GateCommand;
import dev.floe.gate.domain.GateCommand.RecordGateResult;
import dev.floe.gate.domain.GateEnd;
import dev.floe.gate.domain.GateEvent.GateStarted;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what has been recorded as started, each on a thread of its own, and reports its end. */
public final class GateWorker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GateWorker.class);

  /** Where reports go: returns when the report is durable, and may be repeated. */
  @FunctionalInterface
  public interface Reports {
    void send(String artifact, GateCommand command) throws InterruptedException;
  }

  private final GateRun runs;
  private final Reports reports;
  private final Map<String, Thread> running = new ConcurrentHashMap<>();
  private volatile boolean closed;

  public GateWorker(GateRun runs, Reports reports) {
    this.runs = runs;
    this.reports = reports;
  }

  /** Begins the attempt; an earlier attempt at the same gate is stopped first. */
  public void begin(String artifact, GateStarted started) {
    String slot = slot(artifact, started.promotion());
    Thread thread =
        Thread.ofVirtual().name("gate " + slot).unstarted(() -> work(artifact, started, slot));
    Thread before = running.put(slot, thread);
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
        (slot, thread) -> {
          if (slot.startsWith(artifact + "/")) {
            thread.interrupt();
          }
        });
  }

  @Override
  public void close() {
    closed = true;
    running.values().forEach(Thread::interrupt);
  }

  private void work(String artifact, GateStarted started, String slot) {
    try {
      GateResult result = runs.run(artifact, started);
      if (Thread.currentThread().isInterrupted() || closed) {
        // The machine gave the work up, the gate did not: whoever owns it now starts anew.
        return;
      }
      reports.send(artifact, report(started, result));
    } catch (InterruptedException _) {
      LOG.atInfo().setMessage("a gate was given up").addKeyValue("gate", slot).log();
    } catch (RuntimeException broken) {
      LOG.atError().setMessage("a gate broke").addKeyValue("gate", slot).setCause(broken).log();
    } finally {
      running.remove(slot, Thread.currentThread());
    }
  }

  private static RecordGateResult report(GateStarted started, GateResult result) {
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
        result.reason(),
        result.message(),
        result.hint());
  }

  private static String slot(String artifact, String promotion) {
    return artifact + "/" + promotion;
  }
}
