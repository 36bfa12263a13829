package dev.floe.gate.adapter.policy;

import dev.floe.gate.adapter.policy.Rules.Finding;
import dev.floe.gate.application.GateResult;
import dev.floe.gate.application.GateResult.Outcome;
import dev.floe.gate.application.PolicyEvaluation;
import dev.floe.gate.application.PolicyOrder;
import dev.floe.manifest.Digest;
import dev.floe.manifest.PolicyRule;
import dev.floe.oci.RegistryException;
import dev.floe.oci.Repository;
import dev.floe.oci.connect.Registries;
import dev.floe.oci.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
    long started = System.nanoTime();
    FutureTask<GateResult> evaluation = new FutureTask<>(() -> evaluated(order, started));
    Thread.ofVirtual().name("gate-policy-" + order.gate()).start(evaluation);
    try {
      return evaluation.get(order.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      evaluation.cancel(true);
      String time = order.timeout().toMillis() + "ms";
      return GateResult.errored(
          since(started),
          "timeout after " + time,
          "Reading the artifact and evaluating the rules took longer than %s.".formatted(time),
          "Check how quickly the registry answers, or raise the gate's timeout.");
    } catch (ExecutionException e) {
      return GateResult.errored(
          since(started),
          "could not evaluate",
          "The rules could not be evaluated: %s".formatted(e.getCause()),
          "Look into the gate runner's log.");
    } catch (InterruptedException _) {
      evaluation.cancel(true);
      Thread.currentThread().interrupt();
      return GateResult.errored(
          since(started),
          "stopped",
          "The gate was stopped before it ended.",
          "Promote again to run it anew.");
    }
  }

  private GateResult evaluated(PolicyOrder order, long started) {
    if (order.rules().isEmpty()) {
      return GateResult.errored(
          since(started),
          "no rules",
          "The gate %s has no rules to evaluate.".formatted(order.gate()),
          "Add rules to the gate in the manifest.");
    }
    Map<String, Object> facts;
    try {
      Repository place =
          registries.repository(
              order.registry().url(), order.artifact(), order.registry().credentials());
      facts = Facts.read(place, order, clock.instant());
    } catch (RegistryException e) {
      return GateResult.errored(
          since(started), "artifact not readable", unreadable(order, e), remedy(e));
    } catch (JsonException e) {
      return GateResult.errored(
          since(started),
          "artifact not readable",
          "The artifact %s is not valid: %s.".formatted(order.subject().artifact(), e.getMessage()),
          "Publish the version again with a tool that writes valid OCI manifests.");
    }
    return judged(order, facts, started);
  }

  private GateResult judged(PolicyOrder order, Map<String, Object> facts, long started) {
    List<String> lines = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    List<String> notMet = new ArrayList<>();
    for (PolicyRule rule : order.rules()) {
      switch (rules.evaluate(rule, facts)) {
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
    String output = String.join("\n", lines).replaceAll("[\\p{Cntrl}&&[^\n]]", " ");
    if (!broken.isEmpty()) {
      String message = "A rule cannot be evaluated: " + String.join("; ", broken);
      return result(Outcome.ERRORED, output, started, "rule not evaluable", message, CORRECT_RULE);
    }
    if (!notMet.isEmpty()) {
      String reason = notMet.size() == 1 ? "1 rule not met" : notMet.size() + " rules not met";
      String hint = "Publish a version that meets the rules, or change them, then promote again.";
      return result(Outcome.FAILED, output, started, reason, String.join("; ", notMet), hint);
    }
    return result(Outcome.PASSED, output, started, "", "", "");
  }

  private static GateResult result(
      Outcome outcome, String output, long started, String reason, String message, String hint) {
    long bytes = output.getBytes(StandardCharsets.UTF_8).length;
    return new GateResult(
        outcome, null, since(started), output, Digest.sha256(output), bytes, reason, message, hint);
  }

  private static String unreadable(PolicyOrder order, RegistryException e) {
    return "The artifact %s could not be read: %s."
        .formatted(order.subject().artifact(), e.getMessage());
  }

  private static String remedy(RegistryException e) {
    return switch (e.trouble()) {
      case NOT_FOUND ->
          "The registry no longer has that digest: publish the version again, then promote it.";
      case UNAUTHORIZED -> "Check the credentials of that registry in the manifest.";
      case UNREACHABLE, RATE_LIMITED ->
          "Check that the registry %s answers, then promote again.".formatted(e.host());
      case DIGEST_MISMATCH, INVALID_RESPONSE ->
          "The registry %s does not return what was stored: check it, or publish the version again."
              .formatted(e.host());
      case IMMUTABLE_TAG, REFUSED, UNSAFE ->
          "Look into the log of the registry %s.".formatted(e.host());
    };
  }

  private static Duration since(long started) {
    return Duration.ofNanos(System.nanoTime() - started);
  }
}
