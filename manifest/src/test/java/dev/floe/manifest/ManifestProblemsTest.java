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

@Requirement("326.5")
class ManifestProblemsTest {

  @Test
  void the_usual_manifest_has_none() {
    assertThat(problems(Manifests.USUAL)).isEmpty();
  }

  @Test
  void an_unknown_key_names_the_nearest_known_one_with_its_place() {
    assertThat(errors(changed("require_approval", "requires_approval")))
        .containsExactly(
            "m:6:5: error: unknown key requires_approval in environments.<name>"
                + " (did you mean require_approval?)");
  }

  @Test
  void an_unknown_key_that_resembles_nothing_lists_what_is_known() {
    assertThat(errors("costs: {storage_per_gb_month: 1, flavour: sour}"))
        .containsExactly(
            "m:1:34: error: unknown key flavour in costs"
                + " (known here: storage_per_gb_month, currency, source)");
  }

  @Test
  void a_duplicate_key_names_the_first_ones_line() {
    assertThat(errors(changed("\nteams:", "\nartifact: a\nartifact: b\nteams:")))
        .containsExactly(
            "m:9:1: error: duplicate key artifact (it already stands in line 8; keep one)");
  }

  @Test
  void a_path_that_comes_back_is_a_cycle() {
    assertThat(errors(changed("→ prod", "→ prod → staging")))
        .containsExactly(
            "m:12:32: error: the path comes back to staging: a cycle (name each one once)");
  }

  @Test
  void a_path_through_nowhere_names_what_was_meant() {
    assertThat(errors(changed("→ staging →", "→ stagin →")))
        .containsExactly(
            "m:3:3: error: environment staging is not on promotion.path"
                + " (add it to the path, or remove it here)",
            "m:12:15: error: the path names stagin, which is no environment"
                + " (did you mean staging?)");
  }

  @Test
  void an_empty_path_is_none() {
    assertThat(errors("promotion: {path: []}"))
        .containsExactly("m:1:19: error: the path is empty (write dev → staging → prod)");
  }

  @Test
  void a_team_without_members_or_group_is_refused() {
    assertThat(errors(changed("{members: [cleo@acme.com]}", "{email: s@acme.com}")))
        .containsExactly("m:10:3: error: team security has nobody (add members or oidc_group)");
    assertThat(errors(changed("{members: [cleo@acme.com]}", "{oidc_group: sec}"))).isEmpty();
  }

  @Test
  void a_person_counts_once_in_a_team() {
    assertThat(errors(changed("[cleo@acme.com]", "[cleo@acme.com, cleo@acme.com]")))
        .containsExactly(
            "m:10:39: error: cleo@acme.com is listed twice in team security"
                + " (one person counts once)");
  }

  @ParameterizedTest
  @Requirement("329.2")
  @ValueSource(strings = {"0", "-1", "two"})
  void a_quorum_is_at_least_one(String quorum) {
    assertThat(
            errors(
                changed(
                    "    require_approval",
                    "    approvals_per_team: " + quorum + "\n    require_approval")))
        .singleElement()
        .asString()
        .startsWith("m:6:25: error: approvals_per_team");
  }

  @Test
  @Requirement("329.2")
  void a_quorum_above_a_teams_members_is_refused() {
    assertThat(
            errors(
                changed("    require_approval", "    approvals_per_team: 2\n    require_approval")))
        .containsExactly(
            "m:6:25: error: approvals_per_team is 2, but team security has 1 member(s)"
                + " (lower it, or add members)");
  }

  @Test
  @Requirement("329.2")
  void teams_that_share_too_many_people_to_be_met_are_refused() {
    String shared = changed("[ada@acme.com, ben@acme.com]", "[cleo@acme.com]");

    assertThat(errors(shared))
        .containsExactly(
            "m:7:21: error: these teams share so many members that nobody can meet them all"
                + " (one person counts for one team; add members)");
    assertThat(errors(shared.replace("  path:", "  separation_of_duties: false\n  path:")))
        .isEmpty();
    assertThat(errors(changed("[cleo@acme.com]", "[ada@acme.com]")))
        .as("ben can stand in for the leads")
        .isEmpty();
  }

  @Test
  void a_team_listed_nowhere_is_a_warning_unless_there_is_a_provider() {
    String misspelt = changed("[leads, security]", "[leads, securty]");

    assertThat(problems(misspelt))
        .containsExactly(
            "m:7:29: warning: team securty is not under teams: it is the OIDC group of that name,"
                + " and no identity provider is configured (did you mean security?)");
    assertThat(problems(misspelt + "auth: {oidc: {issuer: https://id, audience: floe}}\n"))
        .isEmpty();
  }

  @Test
  @Requirement("326.4")
  void switching_off_an_approval_that_always_holds_is_a_warning() {
    assertThat(problems(changed("require_approval: true", "require_approval: false")))
        .containsExactly(
            "m:6:23: warning: prod always needs approval, whatever stands here"
                + " (write require_approval: true)");
  }

  @Test
  void teams_that_nobody_asks_are_a_warning() {
    assertThat(
            problems(
                changed(
                    "oci://b.example.com/floe",
                    "oci://b.example.com/floe, approval_teams: [leads]")))
        .containsExactly("m:3:65: warning: these teams are not asked (add require_approval: true)");
  }

  @Test
  @Requirement("D.4")
  void wherever_days_are_taken_a_duration_is_too() {
    for (String time : new String[] {"7", "P7D", "PT2S", "300s", "10m", "2h", "\"3\""}) {
      assertThat(
              errors(
                  changed(
                      "    require_approval",
                      "    approval_timeout_days: " + time + "\n    require_approval")))
          .as(time)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @Requirement("D.4")
  @ValueSource(strings = {"soon", "0", "P1M", "-7", "PT0S", "7 bananas"})
  void a_bad_length_of_time_is_refused_with_the_forms_that_are_known(String time) {
    assertThat(
            errors(
                changed(
                    "    require_approval",
                    "    approval_timeout_days: " + time + "\n    require_approval")))
        .singleElement()
        .asString()
        .startsWith("m:6:28: error: approval_timeout_days")
        .endsWith("(write days as a number, or P7D, PT36H, 300s, 10m or 2h)");
  }

  @Test
  void one_way_to_say_it_is_enough() {
    assertThat(
            errors(
                changed(
                    "    require_approval",
                    "    approval_timeout_days: 7\n    approval_timeout: P7D\n    require_approval")))
        .singleElement()
        .asString()
        .startsWith("m:7:23: error: approval_timeout and approval_timeout_days exclude each other");
    assertThat(
            errors("environments: {prod: {registry: oci://a/x, registries: {primary: oci://a/x}}}"))
        .singleElement()
        .asString()
        .contains("registry and registries exclude each other");
  }

  @Test
  void registries_need_a_primary_and_a_url() {
    assertThat(errors("environments: {prod: {registries: {secondary: oci://a/x}}}"))
        .containsExactly("m:1:35: error: there is no primary registry (primary: oci://…)");
    assertThat(errors("environments: {prod: {registry: {credentials: env:A}}}"))
        .containsExactly(
            "m:1:33: error: url is missing in environments.<name>.registry"
                + " (url: oci://host/namespace)");
    assertThat(errors(changed("oci://a.example.com/floe", "oci://a.example.com:99999/floe")))
        .singleElement()
        .asString()
        .startsWith(
            "m:2:39: error: \"oci://a.example.com:99999/floe\" is not a valid registry URL");
  }

  @Test
  @Requirement("335.5")
  void credentials_in_clear_are_refused_and_not_repeated() {
    assertThat(errors("environments: {prod: {registry: {url: oci://a/x, credentials: hunter2}}}"))
        .singleElement()
        .asString()
        .isEqualTo(
            "m:1:63: error: credentials do not stand in the manifest"
                + " (env:NAME, file:PATH or docker-config)");
  }

  @ParameterizedTest
  @Requirement("326.1")
  @ValueSource(
      strings = {
        "1st",
        "a b",
        "all",
        "latest",
        "stream",
        "qa-",
        "a.b",
        "ümlaut",
        "abcdefghijklmnopqrstuvwxyz0123456"
      })
  void a_name_that_cannot_stand_in_a_tag_is_no_environment(String name) {
    assertThat(errors("environments: {\"%s\": {}}".formatted(name)))
        .singleElement()
        .asString()
        .startsWith("m:1:16: error: ")
        .contains(name);
  }

  @Test
  @Requirement("326.1")
  void environments_differ_by_more_than_case() {
    assertThat(errors("environments: {dev: {}, Dev: {}}"))
        .singleElement()
        .asString()
        .startsWith("m:1:25: error: environment Dev differs from another only by case");
  }

  @Test
  void freezes_are_single_or_recurring() {
    assertThat(
            errors(
                "environments: {prod: {freeze: [{from: 2026-12-20T00:00:00Z, to: 2027-01-02T00:00:00Z, reason: x}]}}"))
        .isEmpty();
    assertThat(
            errors(
                "environments: {prod: {freeze: [{rrule: FREQ=WEEKLY;BYDAY=FR, duration: PT12H, timezone: Europe/Berlin}]}}"))
        .isEmpty();
    assertThat(errors("environments: {prod: {freeze: [{from: 2026-12-20T00:00:00Z}]}}"))
        .singleElement()
        .asString()
        .contains("from and to, or rrule and duration");
    assertThat(errors("environments: {prod: {freeze: [{from: 2026-12-20, to: 2027-01-02}]}}"))
        .hasSize(2)
        .allMatch(error -> error.contains("expected RFC 3339"));
    assertThat(
            errors(
                "environments: {prod: {freeze: [{from: 2027-12-20T00:00:00Z, to: 2027-01-02T00:00:00Z}]}}"))
        .singleElement()
        .asString()
        .contains("ends before it begins");
  }

  @Test
  void access_names_permissions_and_those_who_exist() {
    assertThat(errors("access: {promot: [\"*\"]}"))
        .singleElement()
        .asString()
        .contains("unknown key promot in access (did you mean promote?)");
    assertThat(errors("access: {promote: [signer:ci, policy:auto]}"))
        .containsExactly(
            "m:1:20: error: there is no command signer ci (add it under auth.command_signers)",
            "m:1:31: error: there is no policy auto (add it under promotion.policies)");
    assertThat(
            errors(
                """
            access: {promote: [signer:ci, ada@acme.com, "*"]}
            auth:
              command_signers: [{name: ci, jwks: file:ci-jwks.json, may: [promote], reply_to: [ci.replies]}]
              service_key: file:/run/secrets/floe-service-key
            """))
        .isEmpty();
    assertThat(errors("auth: {command_signers: [{name: ci, jwks: x, may: [promot]}]}"))
        .containsExactly(
            "m:1:43: error: jwks must be file:PATH or https://… (jwks: file:ci-jwks.json)",
            "m:1:52: error: there is no permission promot (did you mean promote?)");
    assertThat(
            errors(
                """
                auth: {command_signers: [{name: ci, jwks: file:x, may: [promote], reply_to: [floe.gate.events]}]}
                """))
        .containsExactly(
            "m:1:78: error: 'floe.gate.events' is a topic of floe's own (reply_to: [ci.replies])");
  }

  @Test
  void a_key_without_a_value_is_a_warning() {
    assertThat(
            warnings(
                changed(
                    "{members: [cleo@acme.com]}",
                    "\n    members: [cleo@acme.com]\n    slack: #security")))
        .containsExactly(
            "m:12:5: warning: slack has no value (remove the key, or give it a value;"
                + " a value that starts with # needs quotes)");
  }
}
