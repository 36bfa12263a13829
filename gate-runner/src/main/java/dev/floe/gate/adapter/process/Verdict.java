package dev.floe.gate.adapter.process;

import dev.floe.gate.adapter.process.Attempt.End;
import dev.floe.gate.adapter.process.OutputCapture.Captured;
import dev.floe.gate.application.GateOrder;
import dev.floe.gate.application.GateResult;
import dev.floe.gate.application.GateResult.Outcome;
import dev.floe.manifest.Gate;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts how a gate ended into words: what happened and what may help. */
record Verdict(Outcome outcome, String reason, String message, String hint) {

  private static final Verdict PASSED = new Verdict(Outcome.PASSED, "", "", "");
  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;
  private static final int SIGNALLED = 128;
  private static final Map<Integer, String> SIGNALS =
      Map.ofEntries(
          Map.entry(1, "SIGHUP"),
          Map.entry(2, "SIGINT"),
          Map.entry(3, "SIGQUIT"),
          Map.entry(4, "SIGILL"),
          Map.entry(6, "SIGABRT"),
          Map.entry(7, "SIGBUS"),
          Map.entry(8, "SIGFPE"),
          Map.entry(9, "SIGKILL"),
          Map.entry(11, "SIGSEGV"),
          Map.entry(13, "SIGPIPE"),
          Map.entry(15, "SIGTERM"),
          Map.entry(24, "SIGXCPU"),
          Map.entry(25, "SIGXFSZ"));

  static Verdict of(GateOrder order, Attempt attempt) {
    return switch (attempt.end()) {
      case End.Exited(int code) when code == 0 -> PASSED;
      case End.Exited(int code) -> exited(code, order, attempt.output().tail());
      case End.TimedOut() -> timedOut(order.timeout());
      case End.NotIsolated() -> notIsolated();
    };
  }

  /** The result that this verdict makes of the gate's last attempt. */
  GateResult result(@Nullable Integer exitCode, Duration total, Captured output, int attempts) {
    String after =
        attempts > 1 && outcome != Outcome.PASSED ? " (attempt %d)".formatted(attempts) : "";
    return new GateResult(
        outcome,
        exitCode,
        total,
        output.tail(),
        output.digest(),
        output.bytes(),
        reason.isEmpty() ? reason : reason + after,
        message,
        hint);
  }

  private static Verdict timedOut(Duration timeout) {
    String time = text(timeout);
    return failed(
        "timeout after " + time,
        "The command did not finish within %s and was stopped with every process it had started."
            .formatted(time),
        "Read in the output what it was waiting for; make the gate faster or raise its timeout,"
            + " then promote again.");
  }

  private static Verdict notIsolated() {
    return new Verdict(
        Outcome.ERRORED,
        "isolation failed",
        "The gate's isolation could not be set up, so its command was not started.",
        "See the output for what the host refused; check that working_directory can be"
            + " bind-mounted.");
  }

  private static Verdict exited(int code, GateOrder order, String output) {
    String reason = "exit code " + code;
    String message = "The command ended with exit code %d.".formatted(code);
    if (code > SIGNALLED && SIGNALS.containsKey(code - SIGNALLED)) {
      String signal = SIGNALS.get(code - SIGNALLED);
      message = "The command was ended by %s (exit code %d).".formatted(signal, code);
    }
    return failed(reason, message, hint(code, order, output));
  }

  private static String hint(int code, GateOrder order, String output) {
    if (output.contains("Read-only file system")) {
      return "A gate may write to its working_directory, HOME, TMPDIR and /tmp only: set"
          + " working_directory, or write to $TMPDIR.";
    }
    if (order.network() == Gate.Network.NONE && mentionsNetwork(output)) {
      return "The gate runs without network (network: none): remove that setting if it needs one.";
    }
    return switch (code) {
      case NOT_EXECUTABLE ->
          "Something the command calls could not be executed: check its permissions and its"
              + " interpreter.";
      case NOT_FOUND ->
          "Something the command calls was not found: install it on the gate runner's host or set"
              + " PATH in the gate's env.";
      case SIGNALLED + 9 ->
          "If the gate did not kill itself, the host ran out of memory: check the kernel's log and"
              + " the memory it needs.";
      default -> "Read the output, fix what it reports, then promote again.";
    };
  }

  private static boolean mentionsNetwork(String output) {
    return output.contains("Network is unreachable")
        || output.contains("name resolution")
        || output.contains("Could not resolve")
        || output.contains("no such host")
        || output.contains("onnection refused");
  }

  private static Verdict failed(String reason, String message, String hint) {
    return new Verdict(Outcome.FAILED, reason, message, hint);
  }

  /** As people write it in the manifest: {@code 600s}, or {@code 250ms} where seconds do not do. */
  static String text(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }
}
