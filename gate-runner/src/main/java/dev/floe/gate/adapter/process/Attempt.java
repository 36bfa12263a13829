package dev.floe.gate.adapter.process;

import dev.floe.gate.adapter.process.OutputCapture.Captured;
import java.time.Duration;

/** One run of a gate's process, ended. */
record Attempt(End end, Captured output, Duration duration) {

  /** How the process ended. */
  sealed interface End {

    /** By itself. */
    record Exited(int code) implements End {}

    /** It was killed, its time being over. */
    record TimedOut() implements End {}

    /** The isolation was not complete, so the command never started. */
    record NotIsolated() implements End {}
  }
}
