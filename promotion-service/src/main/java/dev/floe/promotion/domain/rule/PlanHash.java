package dev.floe.promotion.domain.rule;

import dev.floe.manifest.Digest;
import dev.floe.promotion.domain.message.ApprovalRules;
import dev.floe.promotion.domain.message.GateRef;
import dev.floe.promotion.domain.message.Plan;
import dev.floe.promotion.domain.message.RegistryTarget;
import java.util.List;

/**
 * SHA-256 over everything a plan says, so that {@code --plan} can demand what a dry run showed.
 *
 * <p>Each part stands behind its length: no two plans spell the same text.
 */
final class PlanHash {

  private final StringBuilder text = new StringBuilder("floe-plan/1");

  private PlanHash() {}

  /** {@code sha256:<hex>} of the plan. */
  static String of(Plan plan, List<String> subject) {
    return Digest.sha256(
            new PlanHash()
                .parts(subject)
                .registries(List.of(plan.source()))
                .registries(plan.targets())
                .gates(plan.gates())
                .part(plan.gateTime())
                .part(plan.failFast())
                .part(plan.resultsValid())
                .approval(plan)
                .part(plan.onApproval())
                .parts(plan.tags())
                .part(String.valueOf(plan.releaseTag()))
                .gates(plan.postValidation())
                .part(plan.postValidationTime())
                .text
                .toString())
        .toString();
  }

  private PlanHash part(Object part) {
    String word = part.toString();
    text.append('\n').append(word.length()).append(':').append(word);
    return this;
  }

  private PlanHash parts(List<String> list) {
    part(list.size());
    list.forEach(this::part);
    return this;
  }

  private PlanHash registries(List<RegistryTarget> targets) {
    part(targets.size());
    targets.forEach(target -> part(target.name()).part(target.url()));
    return this;
  }

  private PlanHash gates(List<GateRef> gates) {
    part(gates.size());
    gates.forEach(gate -> part(gate.name()).part(gate.definition()));
    return this;
  }

  private PlanHash approval(Plan plan) {
    ApprovalRules rules = plan.approval();
    if (rules == null) {
      return part("no approval");
    }
    part(rules.teams().size());
    rules.teams().forEach(team -> part(team.team()).part(team.required()));
    return part(rules.timeout()).part(rules.separationOfDuties());
  }
}
