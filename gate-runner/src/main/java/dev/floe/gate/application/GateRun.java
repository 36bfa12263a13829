package dev.floe.gate.application;

import dev.floe.gate.application.GateDefinitions.Defined;
import dev.floe.gate.domain.GateEvent.GateStarted;
import dev.floe.gate.domain.GateRef;
import dev.floe.manifest.Environment;
import dev.floe.manifest.Gate;
import dev.floe.manifest.Registry;
import dev.floe.manifest.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Runs one gate as it is defined here, by a process or by the check that floe brings along. */
public final class GateRun {

  private final GateDefinitions definitions;
  private final GateExecution processes;
  private final PolicyEvaluation policies;
  private final UnaryOperator<@Nullable String> variables;

  /**
   * A runner of gates.
   *
   * @param variables the value of an environment variable of this process; null where it is not set
   */
  public GateRun(
      GateDefinitions definitions,
      GateExecution processes,
      PolicyEvaluation policies,
      UnaryOperator<@Nullable String> variables) {
    this.definitions = definitions;
    this.processes = processes;
    this.policies = policies;
    this.variables = variables;
  }

  /** How {@code ref} is kept apart on this machine. */
  public String isolationOf(GateRef ref) {
    boolean process =
        definitions.find(ref).map(found -> found.gate().kind() == Gate.Kind.COMMAND).orElse(false);
    return process ? processes.isolation() : "builtin";
  }

  /** What came of the gate; whatever goes wrong is a result. */
  public GateResult run(String artifact, GateStarted started) {
    GateRef ref = started.gates().get(started.position() - 1);
    return definitions
        .find(ref, started.manifestRevision())
        .map(defined -> run(artifact, started, defined))
        .orElseGet(
            () ->
                GateResult.errored(
                    Duration.ZERO,
                    "gate-definition-differs",
                    "This runner's manifest defines gate '%s' otherwise than revision %d."
                        .formatted(ref.name(), started.manifestRevision()),
                    "Give the runner the manifest that was applied, then promote again."));
  }

  private GateResult run(String artifact, GateStarted started, Defined defined) {
    Gate gate = defined.gate();
    var subject =
        new Subject(
            started.artifact(),
            started.digest(),
            started.version().toString(),
            started.from(),
            started.to());
    try {
      return switch (gate.kind()) {
        case COMMAND -> processes.run(order(gate, defined, subject));
        case BUILT_IN, MISSING ->
            gate.name().equals(Gate.POLICY_COMPLIANCE)
                ? policies.evaluate(policy(artifact, started, gate, defined, subject))
                : notAvailable(gate);
      };
    } catch (MissingSecret missing) {
      return GateResult.errored(
          Duration.ZERO,
          "secret missing",
          String.valueOf(missing.getMessage()),
          "Give the runner the secret, then promote again.");
    }
  }

  private GateOrder order(Gate gate, Defined defined, Subject subject) throws MissingSecret {
    Map<String, String> environment = new LinkedHashMap<>();
    for (Map.Entry<String, Secret> variable : gate.env().entrySet()) {
      environment.put(variable.getKey(), value(gate, variable.getKey(), variable.getValue()));
    }
    String folder = gate.workingDirectory();
    return new GateOrder(
        gate.name(),
        gate.command(),
        gate.timeout(),
        environment,
        folder == null ? null : Path.of(folder),
        gate.retries(),
        gate.network(),
        subject,
        Set.of(),
        defined.manifest().requireIsolation());
  }

  private static PolicyOrder policy(
      String artifact, GateStarted started, Gate gate, Defined defined, Subject subject) {
    // After the tags moved the gate looks at the artifact where it went.
    String where =
        switch (started.phase()) {
          case BEFORE -> started.from();
          case AFTER -> started.to();
        };
    Registry primary =
        defined
            .manifest()
            .environment(where)
            .flatMap(Environment::primary)
            .orElseThrow(() -> new IllegalStateException("no registry for '" + where + "'"));
    return new PolicyOrder(
        gate.name(), gate.effectiveRules(), gate.timeout(), primary, artifact, subject, "active");
  }

  private static GateResult notAvailable(Gate gate) {
    return GateResult.errored(
        Duration.ZERO,
        "no command",
        "Gate '%s' has no command, and floe brings no check of that name along yet."
            .formatted(gate.name()),
        "Give the gate a command in the manifest, or set enabled: false.");
  }

  private String value(Gate gate, String name, Secret secret) throws MissingSecret {
    return switch (secret) {
      case Secret.Inline(String value) -> value;
      case Secret.FromEnv(String variable) -> {
        String value = variables.apply(variable);
        if (value == null) {
          throw new MissingSecret(
              "%s of gate '%s' comes from environment variable %s, which is not set."
                  .formatted(name, gate.name(), variable));
        }
        yield value;
      }
      case Secret.FromFile(String path) -> read(gate, name, Path.of(path));
      case Secret.DockerConfig _, Secret.Fingerprint _ ->
          throw new MissingSecret(
              "%s of gate '%s' has no value here.".formatted(name, gate.name()));
    };
  }

  private static String read(Gate gate, String name, Path file) throws MissingSecret {
    try {
      return Files.readString(file).strip();
    } catch (IOException unreadable) {
      throw new MissingSecret(
          "%s of gate '%s' comes from file %s, which cannot be read (%s)."
              .formatted(name, gate.name(), file, unreadable.getClass().getSimpleName()));
    }
  }

  /** A secret that the gate needs is not here; the message never has its value. */
  private static final class MissingSecret extends Exception {
    MissingSecret(String message) {
      super(message);
    }
  }
}
