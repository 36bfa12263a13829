package dev.floe.gate.adapter.process;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Starts every process from one thread that lives as long as the runner. The kernel's "die with
 * your parent" means the thread that started you: from a pooled or virtual thread a gate would be
 * killed whenever that thread's carrier retires.
 */
final class Launcher implements AutoCloseable {

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("gate-launcher").daemon().factory());

  /** Not to be interrupted: a process that started must be known to whoever has to end it. */
  Process start(ProcessBuilder builder) throws IOException {
    Future<Process> starting = thread.submit(builder::start);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return starting.get();
        } catch (InterruptedException _) {
          interrupted = true;
        } catch (ExecutionException e) {
          Throwable cause = e.getCause() == null ? e : e.getCause();
          throw new IOException(String.valueOf(cause.getMessage()), e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
