package dev.floe.gate.application;

import dev.floe.gate.application.GateDefinitions.Defined;
import dev.floe.gate.application.ManifestValues.Missing;
import dev.floe.gate.domain.Confinement;
import dev.floe.gate.domain.GateEvent.GateStarted;
import dev.floe.gate.domain.GateRef;
import dev.floe.manifest.Environment;
import dev.floe.manifest.Gate;
import dev.floe.manifest.Registry;
import dev.floe.manifest.Secret;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs one gate as it is defined here, by a process or by the check that floe brings along. */
public final class GateRun {

  private final GateDefinitions definitions;
  private final GateExecution processes;
  private final PolicyEvaluation policies;
  private final SignatureVerification signatures;
  private final ManifestValues values;

  /**
   * A runner of gates.
   *
   * @param variables the value of an environment variable of this process; null where it is not set
   */
  public GateRun(
      GateDefinitions definitions,
      GateExecution processes,
      PolicyEvaluation policies,
      SignatureVerification signatures,
      UnaryOperator<@Nullable String> variables) {
    this.definitions = definitions;
    this.processes = processes;
    this.policies = policies;
    this.signatures = signatures;
    this.values = new ManifestValues(variables);
  }

  /** How {@code ref} is kept apart on this machine. */
  public Confinement confinementOf(GateRef ref, int revision) {
    try {
      return definitions
          .find(ref, revision)
          .filter(found -> found.gate().kind() == Gate.Kind.COMMAND)
          .map(found -> processes.confinement(guarded(found)))
          .orElse(Confinement.BUILT_IN);
    } catch (InvalidPathException | UncheckedIOException e) {
      // It is recorded all the same; the run itself will say what is wrong.
      return new Confinement(
          "unknown", "It could not be found out how the gate is kept apart: " + e.getMessage());
    }
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
                    "This runner's manifest defines gate '%s' differently from revision %d."
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
    return switch (gate.kind()) {
      case COMMAND -> command(gate, defined, subject);
      case BUILT_IN, MISSING ->
          switch (gate.name()) {
            case Gate.POLICY_COMPLIANCE ->
                policies.evaluate(policy(artifact, started, gate, defined, subject));
            case Gate.SECURITY_SCAN -> signatures(artifact, started, gate, defined, subject);
            default -> notAvailable(gate);
          };
    };
  }

  private GateResult command(Gate gate, Defined defined, Subject subject) {
    try {
      return processes.run(order(gate, defined, subject));
    } catch (Missing missing) {
      return GateResult.errored(
          Duration.ZERO,
          "secret missing",
          String.valueOf(missing.getMessage()),
          "Give the runner the secret, then promote again.");
    }
  }

  private GateResult signatures(
      String artifact, GateStarted started, Gate gate, Defined defined, Subject subject) {
    List<SignatureOrder.Key> keys = new ArrayList<>();
    try {
      for (Secret key : gate.signers().keys()) {
        keys.add(new SignatureOrder.Key(nameOf(key), values.of(gate, "A key", key)));
      }
    } catch (Missing missing) {
      return GateResult.errored(
          Duration.ZERO,
          "key missing",
          String.valueOf(missing.getMessage()),
          "Give the runner the public key, or take it out of the manifest, then promote again.");
    }
    return signatures.verify(
        new SignatureOrder(
            gate.name(),
            keys,
            Optional.ofNullable(gate.signers().keyless()),
            gate.timeout(),
            primary(started, defined),
            artifact,
            subject));
  }

  private static String nameOf(Secret key) {
    return switch (key) {
      case Secret.FromFile(String path) -> String.valueOf(Path.of(path).getFileName());
      case Secret.FromEnv _ -> key.toString();
      case Secret.Inline _, Secret.DockerConfig _, Secret.Fingerprint _ -> "the manifest's key";
    };
  }

  private GateOrder order(Gate gate, Defined defined, Subject subject) throws Missing {
    Map<String, String> environment = new LinkedHashMap<>();
    for (Map.Entry<String, Secret> variable : gate.env().entrySet()) {
      environment.put(variable.getKey(), values.of(gate, variable.getKey(), variable.getValue()));
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
        guarded(defined),
        defined.manifest().requireIsolation());
  }

  /** By the manifest that the promotion is pinned to, and by the one in force. */
  private Guarded guarded(Defined defined) {
    Set<Path> files = new LinkedHashSet<>();
    List<Guarded.Command> commands = new ArrayList<>();
    Stream.concat(Stream.of(defined.manifest()), definitions.inForce().stream())
        .distinct()
        .forEach(
            manifest -> {
              manifest.files().forEach(file -> files.add(Path.of(file).toAbsolutePath()));
              manifest.gates().forEach(gate -> commands.add(command(gate)));
            });
    return new Guarded(files, commands);
  }

  private static Guarded.Command command(Gate gate) {
    String folder = gate.workingDirectory();
    return new Guarded.Command(gate.command(), folder == null ? null : Path.of(folder));
  }

  private static PolicyOrder policy(
      String artifact, GateStarted started, Gate gate, Defined defined, Subject subject) {
    return new PolicyOrder(
        gate.name(),
        gate.effectiveRules(),
        gate.timeout(),
        primary(started, defined),
        artifact,
        subject,
        "active");
  }

  /** Where the gate looks at the artifact: after the tags moved, where it went. */
  private static Registry primary(GateStarted started, Defined defined) {
    String where =
        switch (started.phase()) {
          case BEFORE -> started.from();
          case AFTER -> started.to();
        };
    return defined
        .manifest()
        .environment(where)
        .flatMap(Environment::primary)
        .orElseThrow(() -> new IllegalStateException("no registry for '" + where + "'"));
  }

  private static GateResult notAvailable(Gate gate) {
    return GateResult.errored(
        Duration.ZERO,
        "no command",
        "Gate '%s' has no command, and floe has no built-in check of that name."
            .formatted(gate.name()),
        "Give the gate a command in the manifest, or set enabled: false.");
  }
}
