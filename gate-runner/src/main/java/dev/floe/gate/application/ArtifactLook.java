package dev.floe.gate.application;

import dev.floe.gate.application.GateResult.Outcome;
import dev.floe.manifest.Digest;
import dev.floe.manifest.FreeText;
import dev.floe.oci.RegistryException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One look of a gate at an artifact: it ends in time, and whatever goes wrong is a result. */
public final class ArtifactLook {

  /** As much output as a result may carry. */
  private static final int LONGEST_OUTPUT = 8 * 1024;

  private final long started = System.nanoTime();

  private ArtifactLook() {}

  /**
   * What {@code look} returns, or why it did not.
   *
   * @param work what it does besides reading the artifact, as in "evaluating the rules"
   */
  public static GateResult within(
      Duration timeout, String gate, String work, Function<ArtifactLook, GateResult> look) {
    ArtifactLook clock = new ArtifactLook();
    FutureTask<GateResult> task = new FutureTask<>(() -> look.apply(clock));
    Thread.ofVirtual().name("gate-" + gate).start(task);
    try {
      return task.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      task.cancel(true);
      String time = timeout.toMillis() + "ms";
      return clock.errored(
          "timeout after " + time,
          "Reading the artifact and %s took longer than %s.".formatted(work, time),
          "Check how quickly the registry answers, or raise the gate's timeout.");
    } catch (ExecutionException e) {
      return clock.errored(
          "could not evaluate",
          "Reading the artifact or %s failed: %s".formatted(work, e.getCause()),
          "Read the gate runner's log.");
    } catch (InterruptedException _) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      return clock.errored(
          "stopped", "The gate was stopped before it ended.", "Promote again to run it again.");
    }
  }

  /** The look ended; lines may hold whatever a registry said. */
  public GateResult ended(
      Outcome outcome, List<String> lines, String reason, String message, String hint) {
    String output =
        lines.stream().flatMap(String::lines).map(FreeText::told).collect(Collectors.joining("\n"));
    byte[] bytes = output.getBytes(StandardCharsets.UTF_8);
    return new GateResult(
        outcome,
        null,
        elapsed(),
        output.substring(Math.max(0, output.length() - LONGEST_OUTPUT)),
        Digest.sha256(bytes),
        bytes.length,
        reason,
        message,
        hint);
  }

  public GateResult errored(String reason, String message, String hint) {
    return GateResult.errored(elapsed(), reason, message, hint);
  }

  /** The registry did not give what it was asked for. */
  public GateResult unreadable(String artifact, RegistryException e) {
    String message = "The artifact %s could not be read: %s.".formatted(artifact, e.getMessage());
    return errored("artifact not readable", message, remedy(e));
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  private static String remedy(RegistryException e) {
    return switch (e.trouble()) {
      case NOT_FOUND ->
          "The registry no longer has that digest: publish the version again, then promote it.";
      case UNAUTHORIZED ->
          "Check the credentials and certificates of that registry in the manifest.";
      case UNREACHABLE, RATE_LIMITED ->
          "Check that the registry %s answers, then promote again.".formatted(e.host());
      case DIGEST_MISMATCH, INVALID_RESPONSE ->
          "The registry %s does not return what was stored: check it, or publish the version again."
              .formatted(e.host());
      case UNSAFE ->
          "Check that %s is the right registry, and that its ca in the manifest vouches for it."
              .formatted(e.host());
      case IMMUTABLE_TAG, REFUSED -> "Read the log of the registry %s.".formatted(e.host());
    };
  }
}
