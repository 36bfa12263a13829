package dev.floe.promotion.domain.rule;

import dev.floe.manifest.Digest;
import dev.floe.manifest.Environment;
import dev.floe.manifest.Gate;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.Registry;
import dev.floe.manifest.Version;
import dev.floe.promotion.domain.message.ApprovalRules;
import dev.floe.promotion.domain.message.GateRef;
import dev.floe.promotion.domain.message.Plan;
import dev.floe.promotion.domain.message.RegistryTarget;
import dev.floe.promotion.domain.message.TeamQuorum;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a promotion will do under a manifest: the same for a dry run and a real one. */
public final class Plans {

  private Plans() {}

  /**
   * The plan of bringing a version into {@code to}.
   *
   * @param registries names of the target's registries to copy to; empty for all
   */
  public static Plan plan(
      Manifest manifest,
      Environment from,
      Environment to,
      Version version,
      List<String> registries) {
    List<Gate> gates = manifest.gatesInto(to.name());
    List<Gate> after = manifest.postValidationFor(to.name());
    return new Plan(
        target(primary(from)),
        to.registries().stream()
            .filter(r -> registries.isEmpty() || registries.contains(r.name()))
            .map(Plans::target)
            .toList(),
        refs(gates),
        longest(gates),
        manifest.promotion().failFast(),
        manifest.promotion().resultsValid(),
        manifest.requireApproval(to.name()) ? approval(manifest, to) : null,
        to.onApproval(),
        to.liveTags(version),
        manifest.isLast(to.name()) ? version.toString() : null,
        refs(after),
        longest(after));
  }

  /** SHA-256 over everything the plan says about this version, as {@code sha256:<hex>}. */
  public static String hash(Plan plan, Version version, Digest digest, String from, String to) {
    return PlanHash.of(plan, List.of(version.toString(), digest.toString(), from, to));
  }

  public static RegistryTarget target(Registry registry) {
    return new RegistryTarget(registry.name(), registry.url().toString());
  }

  public static Registry primary(Environment environment) {
    return environment
        .primary()
        .orElseThrow(
            () -> new IllegalArgumentException(environment.name() + " has no primary registry"));
  }

  private static List<GateRef> refs(List<Gate> gates) {
    return gates.stream().map(gate -> new GateRef(gate.name(), gate.definitionHash())).toList();
  }

  private static Duration longest(List<Gate> gates) {
    return gates.stream()
        .map(gate -> gate.timeout().multipliedBy(1L + gate.retries()))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static @Nullable ApprovalRules approval(Manifest manifest, Environment to) {
    List<TeamQuorum> teams =
        to.approvalTeams().isEmpty()
            ? List.of(new TeamQuorum("", 1))
            : to.approvalTeams().stream()
                .map(team -> new TeamQuorum(team, to.approvalsPerTeam()))
                .toList();
    return new ApprovalRules(
        teams, to.approvalTimeout(), manifest.promotion().separationOfDuties());
  }
}
