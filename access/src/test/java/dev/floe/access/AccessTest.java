package dev.floe.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Actor.Kind;
import dev.floe.kernel.Refusal;
import dev.floe.kernel.Requirement;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.ManifestParser;
import dev.floe.manifest.Permission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AccessTest {

  private static final Actor ADA = Actor.user("ada@acme.com");
  private static final Actor BEN = Actor.user("ben@acme.com");
  private static final Actor CLEO = Actor.user("cleo@acme.com");
  private static final Actor DAN = Actor.user("dan@acme.com");
  private static final Actor CI = new Actor(Kind.SIGNER, "signer:ci", Set.of());
  private static final Actor NIGHTLY = new Actor(Kind.POLICY, "policy:nightly", Set.of());

  private static final String BASE =
      """
      artifact: floe-platform
      environments:
        dev: {registry: oci://127.0.0.1:8080/dev}
        staging: {registry: oci://127.0.0.1:8080/staging}
        prod:
          registry: oci://127.0.0.1:8080/prod
          approval_teams: [platform-leads, security]
      teams:
        platform-leads: {members: [ada@acme.com, ben@acme.com]}
        security: {members: [cleo@acme.com]}
      auth:
        command_signers:
          - {name: ci, jwks: "file:ci.json", may: [promote, lock, approve]}
      promotion:
        path: dev → staging → prod
        policies:
          - {name: nightly, enabled: true, from_env: dev, to_env: staging, conditions: [all_tests_pass: true]}
          - {name: resting, enabled: false, from_env: dev, to_env: staging, conditions: [all_tests_pass: true]}
      """;

  private static final AccessRules SILENT = rules(BASE);
  private static final Set<Permission> OPEN =
      EnumSet.of(
          Permission.READ,
          Permission.PUBLISH,
          Permission.PROMOTE,
          Permission.ROLLBACK,
          Permission.USAGE);

  @Nested
  class Without_an_access_block {

    @Test
    void any_person_may_read_publish_promote_roll_back_and_report_usage() {
      assertThat(permissions(SILENT, DAN, null)).isEqualTo(OPEN);
    }

    @Test
    void the_teams_of_an_environment_may_approve_for_it_and_nobody_else() {
      assertThat(may(SILENT, ADA, Permission.APPROVE, "prod")).isTrue();
      assertThat(may(SILENT, CLEO, Permission.APPROVE, "prod")).isTrue();
      assertThat(may(SILENT, DAN, Permission.APPROVE, "prod")).isFalse();
      assertThat(may(SILENT, ADA, Permission.APPROVE, "staging")).isFalse();
      assertThat(may(SILENT, ADA, Permission.APPROVE, null)).isFalse();
    }

    @Test
    void whoever_started_the_embedded_system_may_everything_but_approve_for_a_team() {
      var embedded = new AccessRules(SILENT.manifest(), DAN.name());
      assertThat(permissions(embedded, DAN, "prod"))
          .isEqualTo(EnumSet.complementOf(EnumSet.of(Permission.APPROVE)));
      assertThat(permissions(embedded, DAN, "staging")).isEqualTo(EnumSet.allOf(Permission.class));
      assertThat(permissions(embedded, ADA, "staging")).isEqualTo(OPEN);
    }

    @Test
    void a_signer_that_may_promote_promotes() {
      assertThat(permissions(SILENT, CI, "staging")).isEqualTo(EnumSet.of(Permission.PROMOTE));
    }

    @Test
    @Requirement("336.2")
    void a_policy_at_work_promotes_and_does_nothing_else() {
      assertThat(permissions(SILENT, NIGHTLY, "staging")).isEqualTo(EnumSet.of(Permission.PROMOTE));
      for (String other : Set.of("policy:resting", "policy:unknown")) {
        assertThat(permissions(SILENT, new Actor(Kind.POLICY, other, Set.of()), "staging"))
            .isEmpty();
      }
    }
  }

  @Nested
  class An_access_block {

    private final AccessRules rules =
        rules(
            BASE
                + """
                access:
                  override: [platform-leads]
                  lock: [dan@acme.com, "signer:ci"]
                  hold: ["*"]
                  gc: []
                  promote: [security, "policy:nightly"]
                """);

    @Test
    @Requirement("328.7")
    void gives_a_permission_to_the_members_of_a_team() {
      assertThat(may(rules, ADA, Permission.OVERRIDE, "prod")).isTrue();
      assertThat(may(rules, CLEO, Permission.OVERRIDE, "prod")).isFalse();
      assertThat(may(rules, DAN, Permission.OVERRIDE, "prod")).isFalse();
    }

    @Test
    void gives_a_permission_to_a_person_or_a_signer() {
      assertThat(may(rules, DAN, Permission.LOCK, "prod")).isTrue();
      assertThat(may(rules, CI, Permission.LOCK, "prod")).isTrue();
      assertThat(may(rules, ADA, Permission.LOCK, "prod")).isFalse();
    }

    @Test
    void gives_a_permission_to_every_person_and_to_no_machine() {
      assertThat(may(rules, DAN, Permission.HOLD, null)).isTrue();
      assertThat(may(rules, NIGHTLY, Permission.HOLD, null)).isFalse();
      assertThat(may(rules, Actor.system("gate-runner"), Permission.HOLD, null)).isFalse();
    }

    @Test
    void that_lists_nobody_gives_it_to_nobody() {
      var embedded = new AccessRules(rules.manifest(), DAN.name());
      assertThat(may(embedded, DAN, Permission.GC, null)).isFalse();
    }

    @Test
    void closes_what_is_open_without_it() {
      assertThat(may(rules, CLEO, Permission.PROMOTE, "staging")).isTrue();
      assertThat(may(rules, NIGHTLY, Permission.PROMOTE, "staging")).isTrue();
      assertThat(may(rules, ADA, Permission.PROMOTE, "staging")).isFalse();
      assertThat(may(rules, CI, Permission.PROMOTE, "staging")).isFalse();
    }

    @Test
    void leaves_what_it_does_not_list_to_its_default() {
      assertThat(may(rules, DAN, Permission.ROLLBACK, "prod")).isTrue();
      assertThat(may(rules, ADA, Permission.APPROVE, "prod")).isTrue();
      assertThat(may(rules, DAN, Permission.CONFIGURE, null)).isFalse();
    }

    @Test
    void ends_what_starting_the_system_gives() {
      var embedded = new AccessRules(rules.manifest(), DAN.name());
      assertThat(may(embedded, DAN, Permission.CONFIGURE, null)).isFalse();
    }
  }

  @Nested
  class An_environment_with_a_list_of_its_own {

    private final AccessRules rules =
        rules(
            BASE.replace(
                    "    approval_teams:",
                    "    access: {promote: [dan@acme.com], approve: [dan@acme.com]}\n    approval_teams:")
                + "access: {promote: [platform-leads], lock: [ada@acme.com]}\n");

    @Test
    void replaces_the_general_one_there() {
      assertThat(may(rules, DAN, Permission.PROMOTE, "prod")).isTrue();
      assertThat(may(rules, ADA, Permission.PROMOTE, "prod")).isFalse();
      assertThat(may(rules, ADA, Permission.APPROVE, "prod")).isFalse();
    }

    @Test
    void changes_nothing_elsewhere_nor_for_other_permissions() {
      assertThat(may(rules, ADA, Permission.PROMOTE, "staging")).isTrue();
      assertThat(may(rules, DAN, Permission.PROMOTE, "staging")).isFalse();
      assertThat(may(rules, ADA, Permission.PROMOTE, null)).isTrue();
      assertThat(may(rules, ADA, Permission.LOCK, "prod")).isTrue();
    }
  }

  @Nested
  class A_signer {

    @Test
    void never_goes_beyond_its_entry_even_where_a_list_names_it() {
      var rules = rules(BASE + "access: {override: [\"signer:ci\"], approve: [\"signer:ci\"]}\n");
      assertThat(may(rules, CI, Permission.OVERRIDE, "prod")).isFalse();
      assertThat(may(rules, CI, Permission.APPROVE, "prod")).isTrue();
    }

    @Test
    void without_an_entry_may_nothing() {
      var gone = new Actor(Kind.SIGNER, "signer:gone", Set.of());
      assertThat(permissions(SILENT, gone, "prod")).isEmpty();
    }

    @Test
    void counts_for_a_team_that_lists_it() {
      var rules = rules(BASE.replace("[cleo@acme.com]", "[cleo@acme.com, \"signer:ci\"]"));
      assertThat(may(rules, CI, Permission.APPROVE, "prod")).isTrue();
      assertThat(may(SILENT, CI, Permission.APPROVE, "prod")).isFalse();
    }

    @Test
    void is_no_person_by_whatever_name() {
      var pretender = Actor.user("signer:ci");
      assertThat(permissions(rules(BASE + "access: {lock: [\"signer:ci\"]}\n"), pretender, "prod"))
          .isEmpty();
    }
  }

  @Nested
  class Cancelling {

    @Test
    void is_for_the_requester_and_for_those_who_may_override() {
      var rules = rules(BASE + "access: {override: [platform-leads]}\n");
      assertThat(Access.refuseCancel(rules, DAN, DAN.name(), "prod")).isEmpty();
      assertThat(Access.refuseCancel(rules, ADA, DAN.name(), "prod")).isEmpty();
      assertThat(Access.refuseCancel(rules, CLEO, DAN.name(), "prod"))
          .contains(
              new Refusal(
                  "not-authorised",
                  "'cleo@acme.com' lacks the permission 'cancel' for prod.",
                  "platform-leads",
                  "Ask one of: platform-leads; or have 'cleo@acme.com' added to access.cancel in the"
                      + " manifest.",
                  null));
    }

    @Test
    void is_for_those_too_whom_a_list_names() {
      var rules = rules(BASE + "access: {override: [ada@acme.com], cancel: [cleo@acme.com]}\n");
      assertThat(Access.refuseCancel(rules, CLEO, DAN.name(), "prod")).isEmpty();
      assertThat(Access.refuseCancel(rules, ADA, DAN.name(), "prod")).isEmpty();
      assertThat(Access.refuseCancel(rules, DAN, DAN.name(), "prod")).isEmpty();
      assertThat(Access.refuseCancel(rules, BEN, DAN.name(), "prod")).isPresent();
    }

    @Test
    void its_own_request_is_not_a_signers_unless_its_entry_says_so() {
      assertThat(Access.refuseCancel(SILENT, CI, CI.name(), "prod")).isPresent();
      var rules = rules(BASE.replace("may: [promote,", "may: [promote, cancel,"));
      assertThat(Access.refuseCancel(rules, CI, CI.name(), "prod")).isEmpty();
      assertThat(Access.refuseCancel(rules, CI, DAN.name(), "prod")).isPresent();
    }
  }

  @Nested
  class A_refusal {

    @Test
    void says_who_can_help() {
      var rules = rules(BASE + "access: {override: [platform-leads, dan@acme.com]}\n");
      assertThat(Access.refuse(rules, CLEO, Permission.OVERRIDE, "prod"))
          .contains(
              new Refusal(
                  "not-authorised",
                  "'cleo@acme.com' lacks the permission 'override' for prod.",
                  "platform-leads, dan@acme.com",
                  "Ask one of: platform-leads, dan@acme.com; or have 'cleo@acme.com' added to"
                      + " access.override in the manifest.",
                  null));
    }

    @Test
    void says_that_nobody_can() {
      assertThat(Access.refuse(SILENT, CLEO, Permission.GC, null))
          .contains(
              new Refusal(
                  "not-authorised",
                  "'cleo@acme.com' lacks the permission 'gc'.",
                  "Nobody has it: add 'cleo@acme.com' to access.gc in the manifest."));
    }

    @Test
    void tells_a_signer_what_its_entry_allows() {
      assertThat(Access.refuse(SILENT, CI, Permission.TAG, "prod"))
          .contains(
              new Refusal(
                  "not-authorised",
                  "'signer:ci' lacks the permission 'tag': its entry in the manifest allows promote,"
                      + " lock, approve.",
                  "Add 'tag' to 'may' of that entry under auth.command_signers."));
    }

    @Test
    @Requirement("330.9")
    void meets_everyone_without_a_name() {
      var rules = rules(BASE + "access: {hold: [\"*\"]}\n");
      for (Permission permission : Permission.values()) {
        assertThat(Access.refuse(rules, Actor.user(" "), permission, "prod").map(Refusal::code))
            .contains("not-authenticated");
      }
    }
  }

  @Nested
  class Names_that_look_like_others {

    @Test
    void of_a_team_give_a_person_nothing() {
      var rules = rules(BASE + "access: {override: [platform-leads]}\n");
      assertThat(may(rules, Actor.user("platform-leads"), Permission.OVERRIDE, "prod")).isFalse();
      assertThat(may(rules, Actor.user("*"), Permission.OVERRIDE, "prod")).isFalse();
    }

    @Test
    void of_a_listed_person_give_another_kind_nothing() {
      var rules = rules(BASE + "access: {override: [ada@acme.com]}\n");
      for (Kind kind : EnumSet.complementOf(EnumSet.of(Kind.USER))) {
        assertThat(may(rules, new Actor(kind, ADA.name(), Set.of()), Permission.OVERRIDE, "prod"))
            .isFalse();
      }
    }
  }

  private static AccessRules rules(String yaml) {
    return AccessRules.of(manifest(yaml));
  }

  static Manifest manifest(String yaml) {
    return ManifestParser.parse(yaml, "manifest.yaml").orThrow();
  }

  private static boolean may(
      AccessRules rules, Actor actor, Permission permission, @Nullable String environment) {
    Optional<Refusal> refusal = Access.refuse(rules, actor, permission, environment);
    return refusal.isEmpty();
  }

  private static Set<Permission> permissions(
      AccessRules rules, Actor actor, @Nullable String environment) {
    Set<Permission> all = EnumSet.noneOf(Permission.class);
    for (Permission permission : Permission.values()) {
      if (may(rules, actor, permission, environment)) {
        all.add(permission);
      }
    }
    return all;
  }
}
