package dev.floe.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Requirement("328.1")
class GateTest {

  private static Gate gate(String yaml) {
    return Manifests.of("promotion: {validation_gates: [%s]}".formatted(yaml))
        .promotion()
        .validationGates()
        .getFirst();
  }

  @Test
  void a_bare_name_is_the_gate_with_its_defaults() {
    assertThat(gate("security_scan")).isEqualTo(Gate.named("security_scan"));
    assertThat(gate("security_scan").kind()).isEqualTo(Gate.Kind.BUILT_IN);
    assertThat(gate("integration_tests").kind()).isEqualTo(Gate.Kind.MISSING);
    assertThat(gate("security_scan").timeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(gate("security_scan").enabled()).isTrue();
  }

  @Test
  void every_setting_of_a_gate_is_read() {
    Gate gate =
        gate(
            """
            {name: e2e, enabled: true, command: "make 'e 2 e' <artifact>", timeout: PT10M,
             environments: [prod], env: {TOKEN: env:E2E_TOKEN, KEY: file:/k, LEVEL: 3},
             working_directory: /srv/tests, retries: 2, network: none, dry_run: run}
            """);

    assertThat(gate.kind()).isEqualTo(Gate.Kind.COMMAND);
    assertThat(gate.command()).containsExactly("make", "e 2 e", "<artifact>");
    assertThat(gate.timeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(gate.env())
        .containsEntry("TOKEN", new Secret.FromEnv("E2E_TOKEN"))
        .containsEntry("KEY", new Secret.FromFile("/k"))
        .containsEntry("LEVEL", new Secret.Inline("3"));
    assertThat(gate.workingDirectory()).isEqualTo("/srv/tests");
    assertThat(gate.retries()).isEqualTo(2);
    assertThat(gate.network()).isEqualTo(Gate.Network.NONE);
    assertThat(gate.dryRun()).isEqualTo(Gate.DryRun.RUN);
    assertThat(gate.appliesTo("prod")).isTrue();
    assertThat(gate.appliesTo("staging")).isFalse();
  }

  @ParameterizedTest
  @Requirement("328.4")
  @CsvSource({
    "policy_compliance, Policy compliance check",
    "integration_tests, Integration tests",
    "security_scan, Security scan",
    "performance_baseline, Performance baseline",
    "cost_analysis, Cost analysis",
    "smoke_test, Smoke test",
    "license-check, License check"
  })
  void a_gate_has_a_name_for_people(String name, String shown) {
    assertThat(Gate.named(name).displayName()).isEqualTo(shown);
  }

  @Test
  @Requirement("328.9")
  void policy_compliance_evaluates_its_rules_or_the_default_ones() {
    Gate own =
        gate(
            "{name: policy_compliance, rules: [{name: owned, expr: \"'owner' in artifact.annotations\"}]}");

    assertThat(gate("policy_compliance").effectiveRules()).isEqualTo(PolicyRule.DEFAULTS);
    assertThat(own.effectiveRules())
        .containsExactly(
            new PolicyRule("owned", "'owner' in artifact.annotations", "owned does not hold."));
    assertThat(gate("security_scan").effectiveRules()).isEmpty();
  }

  @Test
  @Requirement("328.2")
  void the_definition_hash_sees_every_change_of_what_a_gate_does() {
    String hash = gate("{name: a, command: make test, env: {K: v}}").definitionHash();

    assertThat(hash).matches("sha256:[0-9a-f]{64}");
    assertThat(
            gate("{name: a, command: [make, test], env: {K: v}, enabled: false}").definitionHash())
        .as("the same words, and whether it is enabled, make no other gate")
        .isEqualTo(hash);
    for (String other :
        new String[] {
          "{name: b, command: make test, env: {K: v}}",
          "{name: a, command: make tests, env: {K: v}}",
          "{name: a, command: [make test], env: {K: v}}",
          "{name: a, command: make test, env: {K: w}}",
          "{name: a, command: make test, env: {J: v}}",
          "{name: a, command: make test}",
          "{name: a, command: make test, env: {K: v}, timeout: 1s}",
          "{name: a, command: make test, env: {K: v}, retries: 1}",
          "{name: a, command: make test, env: {K: v}, network: none}",
          "{name: a, command: make test, env: {K: v}, working_directory: /x}",
          "{name: a, command: make test, env: {K: v}, environments: [prod]}",
        }) {
      assertThat(gate(other).definitionHash()).as(other).isNotEqualTo(hash);
    }
  }
}
