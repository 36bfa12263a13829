package dev.floe.gate.adapter.policy;

import dev.floe.gate.adapter.policy.Rules.Finding;
import dev.floe.gate.application.ArtifactLook;
import dev.floe.gate.application.GateResult;
import dev.floe.gate.application.GateResult.Outcome;
import dev.floe.gate.application.PolicyEvaluation;
import dev.floe.gate.application.PolicyOrder;
import dev.floe.manifest.PolicyRule;
import dev.floe.oci.RegistryException;
import dev.floe.oci.Repository;
import dev.floe.oci.connect.Registries;
import dev.floe.oci.json.JsonException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Evaluates the manifest's rules over an artifact, read at its pinned digest. */
public final class PolicyCompliance implements PolicyEvaluation {

  private static final String CORRECT_RULE =
      "Correct the rule's expr in the manifest; docs/gates.md lists what rules can speak of.";

  private final Registries registries;
  private final InstantSource clock;
  private final Rules rules = new Rules();

  public PolicyCompliance(Registries registries, InstantSource clock) {
    this.registries = registries;
    this.clock = clock;
  }

  @Override
  public GateResult evaluate(PolicyOrder order) {
    return ArtifactLook.within(
        order.timeout(), order.gate(), "evaluating the rules", look -> evaluated(order, look));
  }

  private GateResult evaluated(PolicyOrder order, ArtifactLook look) {
    if (order.rules().isEmpty()) {
      return look.errored(
          "no rules",
          "The gate %s has no rules to evaluate.".formatted(order.gate()),
          "Add rules to the gate in the manifest.");
    }
    try {
      Repository place =
          registries.repository(
              order.registry().url(), order.artifact(), order.registry().access());
      return judged(order, Facts.read(place, order, clock.instant()), look);
    } catch (RegistryException e) {
      return look.unreadable(order.subject().artifact(), e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return look.errored("stopped", "The gate was stopped.", "Promote again to run it again.");
    } catch (JsonException e) {
      return look.errored(
          "artifact not readable",
          "The artifact %s is not valid: %s.".formatted(order.subject().artifact(), e.getMessage()),
          "Publish the version again with a tool that writes valid OCI manifests.");
    }
  }

  private GateResult judged(PolicyOrder order, Map<String, Object> facts, ArtifactLook look)
      throws InterruptedException {
    List<String> lines = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    List<String> notMet = new ArrayList<>();
    List<Finding> findings = rules.evaluate(order.rules(), facts);
    for (int i = 0; i < findings.size(); i++) {
      PolicyRule rule = order.rules().get(i);
      switch (findings.get(i)) {
        case Finding.Met() -> lines.add("✓ " + rule.name());
        case Finding.NotMet() -> {
          String why = rule.message().isBlank() ? "not met: " + rule.expr() : rule.message();
          notMet.add("%s: %s".formatted(rule.name(), why));
          lines.add("✗ " + notMet.getLast());
        }
        case Finding.Broken(String why) -> {
          broken.add(why.lines().findFirst().orElse(rule.name()));
          lines.add("✗ " + why);
        }
      }
    }
    if (!broken.isEmpty()) {
      String message = "A rule cannot be evaluated: " + String.join("; ", broken);
      return look.ended(Outcome.ERRORED, lines, "rule not evaluable", message, CORRECT_RULE);
    }
    if (!notMet.isEmpty()) {
      String reason = notMet.size() == 1 ? "1 rule not met" : notMet.size() + " rules not met";
      String hint = "Publish a version that meets the rules, or change them, then promote again.";
      return look.ended(Outcome.FAILED, lines, reason, String.join("; ", notMet), hint);
    }
    return look.ended(Outcome.PASSED, lines, "", "", "");
  }
}
