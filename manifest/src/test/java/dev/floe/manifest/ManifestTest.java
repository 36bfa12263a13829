package dev.floe.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.kernel.Requirement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

  @Test
  @Requirement("326.1")
  void environments_may_have_any_names_and_any_number() {
    Manifest one = Manifests.of("environments: {solo: {registry: oci://a.example.com/x}}");
    Manifest five = Manifests.of("promotion: {path: a -> b2 -> c_c -> D-d -> e}");

    assertThat(one.path()).containsExactly("solo");
    assertThat(one.isFirst("solo")).isTrue();
    assertThat(one.isLast("solo")).isTrue();
    assertThat(five.environmentNames()).containsExactly("a", "b2", "c_c", "D-d", "e");
  }

  @Test
  @Requirement("326.1")
  void dev_staging_and_prod_are_only_the_default() {
    Manifest manifest = Manifests.of("artifact: x");

    assertThat(manifest.path()).containsExactly("dev", "staging", "prod");
    assertThat(manifest.defaultArtifact()).isEqualTo("x");
    assertThat(Manifests.of("audit: {retention: P2Y}").defaultArtifact())
        .isEqualTo("floe-platform");
  }

  @Test
  @Requirement("326.2")
  void the_path_and_not_the_listing_orders_the_environments() {
    Manifest manifest =
        Manifests.of(
            """
            environments: {prod: {}, dev: {}, staging: {}}
            promotion: {path: dev → staging → prod}
            """);

    assertThat(manifest.environmentNames()).containsExactly("dev", "staging", "prod");
    assertThat(manifest.before("prod")).map(Environment::name).hasValue("staging");
    assertThat(manifest.before("dev")).isEmpty();
    assertThat(manifest.before("qa")).isEmpty();
    assertThat(manifest.after("dev")).map(Environment::name).hasValue("staging");
    assertThat(manifest.after("prod")).isEmpty();
  }

  @ParameterizedTest
  @Requirement("326.2")
  @ValueSource(
      strings = {
        "dev → staging → prod",
        "dev->staging->prod",
        "[dev, staging, prod]",
        "\"dev -> staging → prod\""
      })
  void a_path_can_be_drawn_or_listed(String path) {
    assertThat(Manifests.of("promotion: {path: %s}".formatted(path)).path())
        .containsExactly("dev", "staging", "prod");
  }

  @Test
  @Requirement("326.4")
  void the_last_environment_and_prod_always_need_approval() {
    Manifest manifest =
        Manifests.of(
            """
            environments:
              dev: {}
              Production: {require_approval: false}
              qa: {require_approval: true}
              open: {}
              dr: {require_approval: false}
            """);

    assertThat(manifest.requireApproval("dev")).isFalse();
    assertThat(manifest.requireApproval("Production")).isTrue();
    assertThat(manifest.requireApproval("qa")).isTrue();
    assertThat(manifest.requireApproval("open")).isFalse();
    assertThat(manifest.requireApproval("dr")).isTrue();
  }

  @Test
  @Requirement("329.1")
  void approval_is_configured_per_environment_and_has_defaults() {
    Environment prod =
        Manifests.of(
                Manifests.changed(
                    "approval_teams: [leads, security]",
                    "approval_teams: [leads]\n    approvals_per_team: 2\n"
                        + "    approval_timeout_days: PT2S\n    on_approval: proceed"))
            .last();
    Environment usual = Manifests.usual().last();

    assertThat(prod.approvalsPerTeam()).isEqualTo(2);
    assertThat(prod.approvalTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(prod.onApproval()).isEqualTo(Environment.OnApproval.PROCEED);
    assertThat(usual.approvalsPerTeam()).isEqualTo(1);
    assertThat(usual.approvalTimeout()).isEqualTo(Duration.ofDays(7));
    assertThat(usual.onApproval()).isEqualTo(Environment.OnApproval.HOLD);
  }

  @Test
  @Requirement("329.1")
  void a_team_that_is_not_listed_is_the_group_of_that_name() {
    Manifest manifest = Manifests.usual();

    assertThat(manifest.approvalTeams("prod"))
        .extracting(Team::name)
        .containsExactly("leads", "security");
    assertThat(manifest.team("leads").hasMember("ada@acme.com")).isTrue();
    assertThat(manifest.team("crew")).isEqualTo(Team.ofGroup("crew"));
  }

  @Test
  @Requirement("328.1")
  void the_enabled_gates_that_apply_run_in_their_order() {
    Manifest manifest =
        Manifests.of(
            """
            promotion:
              validation_gates:
                - {name: third_party, command: check, environments: [prod]}
                - {name: security_scan, enabled: false}
                - policy_compliance
            """);

    assertThat(manifest.gatesFor("dev", "staging"))
        .extracting(Gate::name)
        .containsExactly("policy_compliance");
    assertThat(manifest.gatesFor("staging", "prod"))
        .extracting(Gate::name)
        .containsExactly("third_party", "policy_compliance");
    assertThatThrownBy(() -> manifest.gatesFor("dev", "prod"))
        .hasMessageContaining("dev → prod is no step of [dev, staging, prod]");
  }

  @Test
  @Requirement("327.3")
  void gates_that_run_afterwards_are_named_or_defined_in_place() {
    Manifest manifest =
        Manifests.of(
            """
            environments:
              dev: {}
              prod:
                post_validation: [smoke_test, security_scan, {name: ping, command: [ping, host]}]
            promotion:
              validation_gates: [{name: smoke_test, command: make smoke, enabled: false}]
            """);

    assertThat(manifest.gatesInto("prod")).isEmpty();
    assertThat(manifest.postValidationFor("prod"))
        .extracting(Gate::name)
        .containsExactly("smoke_test", "security_scan", "ping");
    assertThat(manifest.postValidationFor("prod")).allMatch(Gate::enabled);
    assertThat(manifest.postValidationFor("prod").getFirst().definitionHash())
        .isEqualTo(manifest.gate("smoke_test").orElseThrow().definitionHash());
    assertThat(manifest.gate("ping").orElseThrow().command()).containsExactly("ping", "host");
  }

  @Test
  @Requirement("337.1")
  void an_environment_can_have_several_registries() {
    Environment prod =
        Manifests.of(
                """
                environments:
                  prod:
                    registries:
                      secondary: {url: oci://b.example.com/x, credentials: env:B}
                      primary: oci://a.example.com/x
                      tertiary: {url: oci://c.example.com/x, credentials: docker-config}
                """)
            .last();

    assertThat(prod.registries())
        .extracting(Registry::name)
        .containsExactly("primary", "secondary", "tertiary");
    assertThat(prod.primary().orElseThrow().access().credentials()).isNull();
    assertThat(prod.registry("secondary").orElseThrow().access().credentials())
        .isEqualTo(new Secret.FromEnv("B"));
    assertThat(prod.registry("tertiary").orElseThrow().access().credentials())
        .isEqualTo(new Secret.DockerConfig());
  }

  @Test
  @Requirement("326.1")
  void environments_without_a_registry_can_be_given_one() {
    Manifest manifest =
        Manifests.of("environments: {dev: {}, prod: {registry: oci://c.example.com/x}}")
            .withRegistriesAt("oci://127.0.0.1:8080");

    assertThat(manifest.environments())
        .extracting(e -> e.primary().orElseThrow().url().toString())
        .containsExactly("oci://127.0.0.1:8080/dev", "oci://c.example.com/x");
  }

  @Test
  @Requirement("326.5")
  void an_environments_access_replaces_the_list_of_the_same_permission() {
    Manifest manifest =
        Manifests.of(
            Manifests.changed("    require_approval: true", "    access: {promote: [ada@acme.com]}")
                + "access: {promote: [leads], override: []}\n");

    assertThat(manifest.granted(Permission.PROMOTE, "prod")).hasValue(List.of("ada@acme.com"));
    assertThat(manifest.granted(Permission.PROMOTE, "dev")).hasValue(List.of("leads"));
    assertThat(manifest.granted(Permission.PROMOTE, null)).hasValue(List.of("leads"));
    assertThat(manifest.granted(Permission.OVERRIDE, "prod")).hasValue(List.of());
    assertThat(manifest.granted(Permission.LOCK, "prod")).isEmpty();
  }

  @Test
  @Requirement("326.1")
  void a_version_is_read_with_the_manifests_own_environments() {
    assertThat(Manifests.usual().versionRef("v1.2.3-staging").environment()).isEqualTo("staging");
    assertThat(Manifests.usual().versionRef("v1.2.3-qa").environment()).isNull();
  }

  @Test
  @Requirement("326.1")
  void the_sample_has_nothing_to_complain_about() {
    Parsed parsed = ManifestParser.parse(SampleManifest.yaml(8123), "sample");

    assertThat(parsed.problems()).isEmpty();
    Manifest sample = parsed.orThrow();
    assertThat(sample.artifacts()).containsExactly("floe-platform");
    assertThat(sample.environments())
        .extracting(e -> e.primary().orElseThrow().url().toString())
        .containsExactly(
            "oci://127.0.0.1:8123/dev",
            "oci://127.0.0.1:8123/staging",
            "oci://127.0.0.1:8123/prod");
    assertThat(sample.requireApproval("staging")).isFalse();
    assertThat(sample.team("platform-leads").members())
        .containsExactly("ada@acme.com", "ben@acme.com");
    assertThat(sample.team("security").members()).containsExactly("cleo@acme.com");
    assertThat(sample.gatesInto("prod"))
        .extracting(Gate::name)
        .containsExactly("policy_compliance");
    assertThat(sample.gatesInto("prod")).isEqualTo(sample.gatesInto("staging"));
  }

  @Test
  @Requirement("328.9")
  void promotions_are_signed_only_if_a_key_is_named() {
    Manifest signed =
        Manifests.of(
            Manifests.USUAL + "  attestation: {key: env:KEY, verifier_id: 'https://acme.com'}\n");

    assertThat(Manifests.usual().promotion().attestation()).isNull();
    assertThat(signed.promotion().attestation())
        .isEqualTo(new Promotion.Attestation(new Secret.FromEnv("KEY"), "https://acme.com"));
    assertThat(Manifest.fromCanonicalJson(signed.canonicalJson()).promotion().attestation())
        .isEqualTo(signed.promotion().attestation());
    assertThat(signed.rulesHash("prod")).isEqualTo(Manifests.usual().rulesHash("prod"));
  }
}
