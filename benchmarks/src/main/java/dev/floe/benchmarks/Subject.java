package dev.floe.benchmarks;

import java.util.concurrent.CompletableFuture;

/** Something that takes commands and answers each once its effect is committed. */
interface Subject extends AutoCloseable {

  /**
   * Sends a command.
   *
   * @param number no other command has the same
   */
  CompletableFuture<?> submit(String artifact, int number);

  @Override
  void close();
}
