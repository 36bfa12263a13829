package dev.floe.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.kernel.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement({"326.5", "329.8"})
class RulesHashTest {

  private static final String PROD = Manifests.usual().rulesHash("prod");

  private static String prod(String from, String to) {
    return Manifests.of(Manifests.changed(from, to)).rulesHash("prod");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "oci://c.example.com/floe     | oci://d.example.com/floe",
        "oci://b.example.com/floe     | oci://d.example.com/floe",
        "[leads, security]            | [leads]",
        "[cleo@acme.com]              | [cleo@acme.com, dan@acme.com]",
        "{members: [cleo@acme.com]}   | {members: [cleo@acme.com], oidc_group: sec}",
        "make test                    | make tests",
        "- policy_compliance          | - {name: policy_compliance, enabled: false}",
        "- policy_compliance          | - {name: policy_compliance, timeout: 1s}",
        "path: dev → staging → prod   | path: staging → dev → prod",
        "require_approval: true       | approval_timeout_days: 1",
        "require_approval: true       | on_approval: proceed",
        "require_approval: true       | post_validation: [security_scan]",
        "require_approval: true       | access: {promote: [leads]}",
      })
  void it_changes_with_whatever_decides_about_the_environment(String from, String to) {
    assertThat(prod(from, to)).isNotEqualTo(PROD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "oci://a.example.com/floe     | oci://d.example.com/floe",
        "[ada@acme.com, ben@acme.com] | [ben@acme.com, ada@acme.com]",
        "{members: [cleo@acme.com]}   | {members: [cleo@acme.com], email: sec@acme.com}",
        "[leads, security]            | [security, leads]",
        "make test                    | [make, test]",
        "600s                         | PT10M",
        "require_approval: true       | approvals_per_team: 1",
        "- policy_compliance          | - {name: policy_compliance}",
      })
  void it_stays_with_what_does_not(String from, String to) {
    assertThat(prod(from, to)).isEqualTo(PROD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fail_fast: false",
        "separation_of_duties: false",
        "results_valid: PT1H",
        "rollback: {require_approval: true}"
      })
  void it_changes_with_the_flags_of_promotion(String flag) {
    assertThat(prod("  path:", "  " + flag + "\n  path:")).isNotEqualTo(PROD);
  }

  @Test
  void a_freeze_an_alert_or_another_environments_gate_leave_it_alone() {
    assertThat(
            prod(
                "    require_approval",
                "    freeze: [{from: 2026-12-20T00:00:00Z, to: 2027-01-02T00:00:00Z, reason: x}]\n"
                    + "    require_approval"))
        .isEqualTo(PROD);
    assertThat(
            prod(
                "- policy_compliance",
                "- {name: early, command: x, environments: [staging]}\n    - policy_compliance"))
        .isEqualTo(PROD);
    assertThat(Manifests.of(Manifests.USUAL + "audit: {alerts: [tag_moved]}\n").rulesHash("prod"))
        .isEqualTo(PROD);
  }

  @Test
  void access_counts_wherever_it_is_written() {
    String everywhere = Manifests.USUAL + "access: {promote: [leads]}\n";

    assertThat(Manifests.of(everywhere).rulesHash("prod")).isNotEqualTo(PROD);
    assertThat(Manifests.of(Manifests.USUAL + "access: {gc: [leads]}\n").rulesHash("prod"))
        .isEqualTo(PROD);
  }

  @Test
  void each_environment_has_its_own_and_a_stranger_none() {
    assertThat(Manifests.usual().rulesHash("staging")).isNotEqualTo(PROD);
    assertThatThrownBy(() -> Manifests.usual().rulesHash("qa")).hasMessage("no environment qa");
  }
}
