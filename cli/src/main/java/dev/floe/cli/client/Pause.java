package dev.floe.cli.client;

import dev.floe.cli.console.Failure;
import java.time.Duration;

/** Waits, and lets itself be interrupted. */
public final class Pause {

  private Pause() {}

  public static void of(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw Failure.interrupted("interrupted while waiting for the server", "");
    }
  }
}
