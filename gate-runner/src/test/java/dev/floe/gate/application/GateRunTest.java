package dev.floe.gate.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.gate.application.GateDefinitions.Defined;
import dev.floe.gate.domain.Confinement;
import dev.floe.gate.domain.GateEvent.GateStarted;
import dev.floe.gate.domain.GateRef;
import dev.floe.gate.domain.Phase;
import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Gate;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.ManifestParser;
import dev.floe.manifest.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Requirement("328.9")
class GateRunTest {

  private static final GateResult DONE =
      new GateResult(
          GateResult.Outcome.PASSED, null, Duration.ZERO, "", Digest.sha256(""), 0, "", "", "");

  @TempDir Path folder;
  private final List<SignatureOrder> orders = new ArrayList<>();

  private GateResult run(String gate, Phase phase, Map<String, String> variables) {
    Manifest manifest =
        ManifestParser.parse(
                """
                environments:
                  dev: {registry: oci://dev.example.com/floe}
                  prod: {registry: oci://prod.example.com/floe}
                promotion: {path: dev → prod, validation_gates: [%s]}
                """
                    .formatted(gate),
                "m.yaml")
            .orThrow();
    Gate defined = manifest.promotion().validationGates().getFirst();
    GateDefinitions definitions = new Fixed(new Defined(defined, manifest));
    GateRun runs =
        new GateRun(
            definitions,
            new NoProcess(),
            _ -> DONE,
            order -> {
              orders.add(order);
              return DONE;
            },
            variables::get);
    return runs.run("platform", started(defined, phase));
  }

  private static GateStarted started(Gate gate, Phase phase) {
    Digest digest = Digest.sha256("x");
    return new GateStarted(
        "p",
        1,
        Version.parse("v1.2.3"),
        digest,
        "dev",
        "prod",
        phase,
        gate.name(),
        1,
        1,
        1,
        "dev.example.com/floe/platform@" + digest,
        "builtin",
        "",
        List.of(new GateRef(gate.name(), gate.definitionHash())),
        true,
        1,
        Instant.MAX);
  }

  /** One gate, wherever it is looked for. */
  private record Fixed(Defined defined) implements GateDefinitions {
    @Override
    public Optional<Manifest> inForce() {
      return Optional.of(defined.manifest());
    }

    @Override
    public Optional<Defined> find(GateRef ref, int revision) {
      return Optional.of(defined);
    }
  }

  /** For gates that are no commands. */
  private static final class NoProcess implements GateExecution {
    @Override
    public Confinement confinement(Guarded guarded) {
      return new Confinement("none", "");
    }

    @Override
    public GateResult run(GateOrder order) {
      throw new AssertionError("a built-in gate was run as a process");
    }
  }

  @Test
  void security_scan_looks_where_the_artifact_is_with_the_keys_as_they_are_now()
      throws IOException {
    Path file = Files.writeString(folder.resolve("cosign.pub"), "first\n");
    String gate =
        "{name: security_scan, timeout: 7s, keys: ['file:%s', env:KEY], keyless:"
            + " {trusted_root: file:/r, issuer: i, identity: a}}";

    assertThat(run(gate.formatted(file), Phase.BEFORE, Map.of("KEY", "second"))).isEqualTo(DONE);
    Files.writeString(file, "rotated");
    run(gate.formatted(file), Phase.AFTER, Map.of("KEY", "second"));

    assertThat(orders.getFirst().keys())
        .containsExactly(
            new SignatureOrder.Key("cosign.pub", "first"),
            new SignatureOrder.Key("env:KEY", "second"));
    assertThat(orders.getLast().keys().getFirst().pem()).isEqualTo("rotated");
    assertThat(orders.getFirst().keyless()).isPresent();
    assertThat(orders.getFirst().timeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(orders)
        .extracting(o -> o.registry().url().host())
        .containsExactly("dev.example.com", "prod.example.com");
    assertThat(orders.getFirst().subject().digest()).isEqualTo(Digest.sha256("x"));
  }

  @Test
  void security_scan_errors_where_a_key_is_missing() {
    GateResult file =
        run("{name: security_scan, keys: ['file:/nowhere/k.pub']}", Phase.BEFORE, Map.of());
    GateResult variable =
        run("{name: security_scan, keys: [env:NO_SUCH_KEY]}", Phase.BEFORE, Map.of());

    assertThat(file.outcome()).isEqualTo(GateResult.Outcome.ERRORED);
    assertThat(file.reason()).isEqualTo("key missing");
    assertThat(file.message()).contains("/nowhere/k.pub", "cannot be read");
    assertThat(variable.message()).contains("NO_SUCH_KEY, which is not set");
    assertThat(orders).isEmpty();
  }

  @Test
  void a_built_in_that_is_not_there_yet_errors() {
    assertThat(run("cost_analysis", Phase.BEFORE, Map.of()).reason()).isEqualTo("no command");
  }
}
