package dev.floe.gate.application;

import dev.floe.manifest.Gate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of a command gate, complete: nothing is looked up while it runs.
 *
 * @param command the words of the command, placeholders still in them; never shell text
 * @param timeout after which the whole process tree is killed; each attempt has it anew
 * @param environment the gate's own variables, secrets resolved; every value counts as a secret
 * @param workingDirectory a writable folder to run in; null for an empty private one
 * @param retries how often a failed attempt is repeated
 * @param guarded what of the host the gate may not touch
 * @param requireIsolation whether the gate errors where the host allows no isolation
 */
public record GateOrder(
    String gate,
    List<String> command,
    Duration timeout,
    Map<String, String> environment,
    @Nullable Path workingDirectory,
    int retries,
    Gate.Network network,
    Subject subject,
    Guarded guarded,
    boolean requireIsolation) {

  public GateOrder {
    command = List.copyOf(command);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }

  /** Leaves values out: they may be secrets. */
  @Override
  public String toString() {
    return "GateOrder[%s of %s %s→%s]"
        .formatted(gate, subject.version(), subject.fromEnv(), subject.toEnv());
  }
}
