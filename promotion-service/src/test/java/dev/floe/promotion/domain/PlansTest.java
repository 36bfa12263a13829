package dev.floe.promotion.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.Environment.OnApproval;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.Version;
import dev.floe.promotion.domain.message.ApprovalRules;
import dev.floe.promotion.domain.message.GateRef;
import dev.floe.promotion.domain.message.Plan;
import dev.floe.promotion.domain.message.RegistryTarget;
import dev.floe.promotion.domain.message.TeamQuorum;
import dev.floe.promotion.domain.rule.Plans;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlansTest {

  private static final Version VERSION = Version.parse("v1.2.3");

  @Test
  @Requirement({"338.1", "326.3", "327.3"})
  void say_everything_that_a_promotion_will_do() {
    Manifest manifest = Manifests.withPostValidation();
    GateRef policy = ref(manifest, "policy_compliance");
    GateRef scan = ref(manifest, "scan");
    GateRef smoke =
        new GateRef("smoke_test", manifest.postValidationFor("prod").getFirst().definitionHash());

    assertThat(plan(manifest, "staging", "prod"))
        .isEqualTo(
            new Plan(
                new RegistryTarget("primary", "oci://127.0.0.1:5000/staging"),
                List.of(new RegistryTarget("primary", "oci://127.0.0.1:5000/prod")),
                List.of(policy, scan),
                Duration.ofMinutes(5),
                true,
                Duration.ofDays(1),
                new ApprovalRules(
                    List.of(new TeamQuorum("platform-leads", 1), new TeamQuorum("security", 1)),
                    Duration.ofDays(7),
                    true),
                OnApproval.HOLD,
                List.of("v1.2.3-prod", "latest-prod"),
                "v1.2.3",
                List.of(smoke),
                Duration.ofSeconds(30)));
  }

  @Test
  @Requirement("326.4")
  void ask_for_approval_in_the_last_environment_whatever_the_manifest_says() {
    Manifest manifest =
        Manifests.parse(
            """
            environments:
              lab: {registry: oci://127.0.0.1:5000/lab}
              field: {registry: oci://127.0.0.1:5000/field}
            promotion: {path: lab → field}
            """);

    assertThat(plan(manifest, "lab", "field").approval())
        .isEqualTo(new ApprovalRules(List.of(new TeamQuorum("", 1)), Duration.ofDays(7), true));
  }

  @Test
  @Requirement("326.1")
  void set_the_release_tag_in_the_last_environment_only() {
    assertThat(plan(Manifests.threeSteps(), "dev", "staging").releaseTag()).isNull();
    assertThat(plan(Manifests.threeSteps(), "staging", "prod").releaseTag()).isEqualTo("v1.2.3");
  }

  @Test
  @Requirement("338.2")
  void have_another_hash_for_whatever_differs() {
    Set<String> hashes = new HashSet<>();
    List<Manifest> manifests =
        List.of(
            Manifests.threeSteps(),
            Manifests.withPostValidation(),
            Manifests.withoutGates(),
            Manifests.with("timeout: 60s", "timeout: 61s"),
            Manifests.with("command: [scan, <artifact>]", "command: [scan, --all]"),
            Manifests.with("promotion:", "promotion:\n  fail_fast: false"),
            Manifests.with("promotion:", "promotion:\n  results_valid: PT1H"),
            Manifests.with("promotion:", "promotion:\n  separation_of_duties: false"),
            Manifests.with("    require_approval: true", "    approval_timeout_days: 3"),
            Manifests.with("    require_approval: true", "    on_approval: proceed"),
            Manifests.with("[platform-leads, security]", "[security, platform-leads]"),
            Manifests.with("5000/prod", "5001/prod"),
            Manifests.with("5000/staging", "5001/staging"));
    for (Manifest manifest : manifests) {
      Plan plan = plan(manifest, "staging", "prod");
      hashes.add(Plans.hash(plan, VERSION, Line.digest("v1.2.3"), "staging", "prod"));
    }
    Plan plan = plan(Manifests.threeSteps(), "staging", "prod");
    hashes.add(Plans.hash(plan, VERSION, Line.digest("v1.2.4"), "staging", "prod"));

    assertThat(hashes)
        .hasSize(manifests.size() + 1)
        .allMatch(hash -> hash.matches("sha256:\\p{XDigit}{64}"));
    assertThat(hashes)
        .contains(Plans.hash(plan, VERSION, Line.digest("v1.2.3"), "staging", "prod"));
  }

  private static Plan plan(Manifest manifest, String from, String to) {
    return Plans.plan(
        manifest,
        manifest.environment(from).orElseThrow(),
        manifest.environment(to).orElseThrow(),
        VERSION,
        List.of());
  }

  private static GateRef ref(Manifest manifest, String name) {
    return new GateRef(name, manifest.gate(name).orElseThrow().definitionHash());
  }
}
