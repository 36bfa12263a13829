package dev.floe.manifest;

import static dev.floe.manifest.Manifests.changed;
import static dev.floe.manifest.Manifests.errors;
import static dev.floe.manifest.Manifests.problems;
import static dev.floe.manifest.Manifests.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with gates, with the later sections, and with the text as such. */
@Requirement("326.5")
class MoreManifestProblemsTest {

  private static String gates(String gates) {
    return Manifests.USUAL.replaceFirst("(?s)- policy_compliance.*", "").stripTrailing()
        + " "
        + gates
        + "\n";
  }

  @Test
  void an_artifact_may_not_take_the_manifests_own_name() {
    assertThat(errors(changed("\nteams:", "\nartifact: [floe-platform, manifest]\nteams:")))
        .containsExactly(
            "m:8:27: error: an artifact cannot be named manifest"
                + " (the word has a meaning of its own; say more)");
  }

  @Test
  @Requirement("328.1")
  void an_unknown_gate_without_a_command_is_refused() {
    assertThat(errors(gates("[policy_complience]")))
        .containsExactly(
            "m:13:22: error: unknown gate policy_complience without a command"
                + " (did you mean policy_compliance? Else add command:)");
    assertThat(errors(gates("[{name: lint, enabled: false}]")))
        .singleElement()
        .asString()
        .startsWith("m:13:29: error: unknown gate lint without a command");
  }

  @Test
  @Requirement("328.1")
  void integration_tests_without_a_command_is_a_warning() {
    assertThat(problems(gates("[integration_tests]")))
        .containsExactly(
            "m:13:22: warning: integration_tests has no command: it will report an error when run"
                + " (add command: and what runs your tests)");
    assertThat(problems(gates("[policy_compliance, {name: integration_tests, enabled: false}]")))
        .isEmpty();
  }

  @ParameterizedTest
  @Requirement("328.1")
  @ValueSource(strings = {"[]", "[{name: security_scan, enabled: false}]"})
  void no_gate_at_all_is_accepted_with_a_warning(String none) {
    assertThat(problems(gates(none)))
        .containsExactly(
            "m:13:21: warning: no gate is enabled: nothing is checked before a promotion"
                + " (validation_gates: [policy_compliance])");
  }

  @Test
  @Requirement({"328.1", "328.2"})
  void an_unterminated_quote_in_a_command_has_a_column() {
    assertThat(errors(gates("[{name: a, command: make 'test}]")))
        .singleElement()
        .asString()
        .startsWith("m:13:46: error: \"make 'test\" is not a valid command:")
        .contains("this single quote is never closed");
  }

  @Test
  @Requirement("328.2")
  void a_command_that_needs_a_shell_and_a_wrong_placeholder_are_warnings() {
    assertThat(warnings(gates("[{name: a, command: make test | tee log}]")))
        .singleElement()
        .asString()
        .contains("no shell runs the command: | is passed on as an argument");
    assertThat(warnings(gates("[{name: a, command: cosign verify <artefact>}]")))
        .singleElement()
        .asString()
        .contains("<artefact> is no placeholder and stays as it is");
    assertThat(problems(gates("[{name: a, command: [sh, -c, 'x | y <artifact> <to_env>']}]")))
        .isEmpty();
  }

  @Test
  @Requirement("328.1")
  void a_gates_other_mistakes_are_named_too() {
    assertThat(errors(gates("[a b]"))).first().asString().contains("cannot be a gate's name");
    assertThat(errors(gates("[policy_compliance, policy_compliance]")))
        .singleElement()
        .asString()
        .contains("gate policy_compliance is listed twice");
    assertThat(errors(gates("[{command: x}]")))
        .singleElement()
        .asString()
        .contains("name is missing");
    assertThat(errors(gates("[{name: a, command: []}]")))
        .singleElement()
        .asString()
        .contains("the command is empty");
    assertThat(errors(gates("[{name: a, command: x, timeout: 300}]")))
        .singleElement()
        .asString()
        .contains("timeout: 300 is no length of time (write 300s");
    assertThat(errors(gates("[{name: a, command: x, environments: [prd]}]")))
        .singleElement()
        .asString()
        .contains("there is no environment prd (did you mean prod?)");
    assertThat(errors(gates("[{name: a, command: x, env: {FLOE_DIGEST: x, 1a: y}}]"))).hasSize(2);
    assertThat(errors(gates("[{name: a, command: x, network: some}]")))
        .singleElement()
        .asString()
        .contains("network: some is not known (one of host, none)");
    assertThat(errors(gates("[{name: a, command: x, rules: [{name: r, expr: 'true'}]}]")))
        .singleElement()
        .asString()
        .contains("rules belong to policy_compliance alone");
    assertThat(errors(gates("[{name: a, command: x, enabled: maybe}]")))
        .singleElement()
        .asString()
        .contains("expected true or false, found maybe");
  }

  @Test
  @Requirement("327.3")
  void what_runs_afterwards_must_exist_and_be_unambiguous() {
    String post = "    post_validation: %s\n    require_approval";

    assertThat(errors(changed("    require_approval", post.formatted("[smoke_test]"))))
        .singleElement()
        .asString()
        .contains("unknown gate smoke_test without a command");
    assertThat(
            errors(
                changed(
                    "    require_approval",
                    post.formatted("[{name: integration_tests, command: x}]"))))
        .singleElement()
        .asString()
        .contains("gate integration_tests is listed twice");
    assertThat(errors(changed("    require_approval", post.formatted("[integration_tests]"))))
        .isEmpty();
  }

  @Test
  @Requirement("334.1")
  void protecting_every_version_is_accepted_with_a_warning() {
    assertThat(
            warnings(
                Manifests.USUAL
                    + "artifacts: {retention: {protected_tags: [\"v*\", \"release-*\"]}}\n"))
        .containsExactly(
            "m:16:42: warning: v* protects every version: nothing will ever be collected"
                + " (name the tags that must stay, such as v1.*)");
    assertThat(errors("artifacts: {retention: {delete_schedule: hourly}}"))
        .singleElement()
        .asString()
        .contains("expected daily, weekly or cron");
    assertThat(
            errors(
                "artifacts: {retention: {delete_schedule: 0 2 * * *, notice: P1D,"
                    + " keep_last_versions: 0}}"))
        .isEmpty();
  }

  @Test
  @Requirement("340.1")
  void a_lifecycle_must_make_sense() {
    assertThat(errors("artifacts: {lifecycle: {v1.0: {status: eol}}}"))
        .singleElement()
        .asString()
        .startsWith("m:1:29: error: \"v1.0\" is not a valid version");
    assertThat(errors("artifacts: {lifecycle: {v1.0.0: {replacement: v1.0.0}}}"))
        .singleElement()
        .asString()
        .contains("v1.0.0 cannot replace itself");
    assertThat(
            errors(
                "artifacts: {lifecycle: {v1.0.0: {eol_date: 2023-01-01, deprecation_date:"
                    + " 2023-06-01}}}"))
        .singleElement()
        .asString()
        .contains("deprecated after its end of life");
    assertThat(errors("artifacts: {lifecycle: {blok_eol: true}}"))
        .singleElement()
        .asString()
        .contains("did you mean block_eol?");
    assertThat(
            errors("artifacts: {lifecycle: {reminders: [90, 30, P7D], support_window: 12 months}}"))
        .isEmpty();
  }

  @Test
  @Requirement("336.1")
  void a_policy_goes_one_step_and_has_conditions() {
    String policy =
        "promotion: {policies: [{name: p, from_env: %s, to_env: %s, conditions: [%s]}]}";

    assertThat(errors(policy.formatted("dev", "prod", "all_tests_pass: true")))
        .singleElement()
        .asString()
        .contains("dev → prod is no step of dev → staging → prod");
    assertThat(errors(policy.formatted("dev", "staging", "")))
        .singleElement()
        .asString()
        .contains("a policy needs conditions");
    assertThat(errors(policy.formatted("dev", "staging", "days_in_qa: 7")))
        .singleElement()
        .asString()
        .contains("there is no environment qa");
    assertThat(errors(policy.formatted("dev", "staging", "all_test_pass: true")))
        .first()
        .asString()
        .contains("did you mean all_tests_pass?");
    assertThat(errors(policy.formatted("dev", "staging", "days_in_dev: PT2S, expr: 'true'")))
        .isEmpty();
  }

  @Test
  @Requirement("339.3")
  void notifications_name_events_and_channels_that_exist() {
    assertThat(errors("notifications: {events: {promotion_aproved: {}}}"))
        .singleElement()
        .asString()
        .contains("did you mean promotion_approved?");
    assertThat(errors("notifications: {events: {alert: {channels: [slak]}}}"))
        .singleElement()
        .asString()
        .contains("there is no channel slak (did you mean slack?)");
    assertThat(
            warnings(
                "notifications: {events: {alert: {channels: [slack], recipients: [x@y.z, '#c',"
                    + " '@h']}}}"))
        .anyMatch(w -> w.contains("channel slack is not configured"))
        .noneMatch(w -> w.contains("is not under teams"));
    assertThat(errors("notifications: {events: {alert: {environments: {qa: {}}}}}"))
        .singleElement()
        .asString()
        .contains("there is no environment qa");
    assertThat(errors("notifications: {channels: {slack: {enabled: true}}}"))
        .singleElement()
        .asString()
        .contains("slack needs webhook_url or bot_token");
  }

  @Test
  @Requirement("335.5")
  void a_password_in_clear_is_a_warning_that_does_not_repeat_it() {
    assertThat(
            problems(
                "notifications: {channels: {email: {smtp_server: s, from: f@x.y, password:"
                    + " hunter2}}}"))
        .anyMatch(p -> p.contains("password stands in the manifest in clear"))
        .noneMatch(p -> p.contains("hunter2"));
  }

  @Test
  @Requirement("330.8")
  void an_alert_rule_must_be_known() {
    assertThat(
            errors(
                "audit: {retention: P2Y, alerts: [self_aproval, {rule: tag_moved, severity:"
                    + " critical}]}"))
        .singleElement()
        .asString()
        .contains("did you mean self_approval?");
  }

  @Test
  void what_is_no_yaml_says_where() {
    assertThat(errors("environments: [dev\npromotion: x"))
        .singleElement()
        .asString()
        .startsWith("m:2:10: error: not YAML: ");
    assertThat(errors("a: \u0000")).singleElement().asString().contains("not YAML");
    assertThat(errors("a: 1\n---\nb: 2")).singleElement().asString().contains("not YAML");
    assertThat(errors(""))
        .containsExactly("m:1:1: error: the manifest is empty (start from: floe config sample)");
    assertThat(errors("# nothing\n")).hasSize(1);
    assertThat(errors("- dev"))
        .first()
        .asString()
        .contains("a manifest must be a mapping of keys to values");
  }

  @Test
  void a_manifest_cannot_be_built_to_choke_on() {
    assertThat(errors("a: " + "[".repeat(4_000)))
        .singleElement()
        .asString()
        .contains("nested too deeply");
    assertThat(errors("teams: &t\n  a: *t"))
        .singleElement()
        .asString()
        .contains("nested too deeply");
    assertThat(errors("x: " + "y".repeat(1_000_000)))
        .containsExactly("m:1:1: error: the manifest is too long (at most 1000000 characters)");
    assertThat(errors("a: 1\nx: " + "y".repeat(50_000)))
        .containsExactly(
            "m:2:50001: error: the line is too long (at most 50000 characters; break it)");
  }

  @Test
  void every_kind_of_value_is_checked() {
    assertThat(errors("environments: dev"))
        .singleElement()
        .asString()
        .contains("environments must be a mapping of keys to values");
    assertThat(errors("artifact: {a: b}"))
        .first()
        .asString()
        .contains("expected a text, found a mapping");
    assertThat(errors("artifact: [a, [b]]"))
        .first()
        .asString()
        .contains("expected a text, found a list");
    assertThat(errors("artifact: Floe_"))
        .first()
        .asString()
        .contains("is not a valid artifact name");
    assertThat(errors("artifact: [a, a]"))
        .singleElement()
        .asString()
        .contains("artifact a is listed twice");
    assertThat(errors("costs: {storage_per_gb_month: much}"))
        .singleElement()
        .asString()
        .contains("much is no amount");
    assertThat(errors("costs: {currency: EUR}"))
        .singleElement()
        .asString()
        .contains("storage_per_gb_month is missing");
    assertThat(errors("{[a]: b}")).first().asString().contains("a key must be a single word");
  }

  @Test
  @Requirement("328.9")
  void a_signing_key_in_the_manifest_is_refused_and_not_repeated() {
    assertThat(errors(attestation("key: hush, verifier_id: 'https://acme.com/floe'")))
        .containsExactly(
            "m:16:22: error: the signing key must not stand in the manifest"
                + " (key: file:/run/secrets/promotion-key.pem)");
  }

  @Test
  @Requirement("328.9")
  void an_attestation_names_its_key_and_its_verifier() {
    assertThat(errors(attestation("verifier_id: acme")))
        .containsExactly(
            "m:16:16: error: key is missing in promotion.attestation"
                + " (key: file:/run/secrets/promotion-key.pem)",
            "m:16:30: error: verifier_id 'acme' is no absolute URI"
                + " (verifier_id: https://floe.acme.com/promotions)");
  }

  private static String attestation(String members) {
    return Manifests.USUAL + "  attestation: {" + members + "}\n";
  }
}
