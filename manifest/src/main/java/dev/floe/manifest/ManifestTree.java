package dev.floe.manifest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The manifest as a tree in the manifest's own shape, without secrets and commands. */
final class ManifestTree {

  private ManifestTree() {}

  static Map<String, Object> of(Manifest manifest) {
    return new Tree()
        .put("artifact", manifest.artifacts())
        .put("environments", named(manifest.environments()))
        .put("teams", each(manifest.teams(), ManifestTree::team))
        .put("access", access(manifest.access()))
        .put("auth", auth(manifest.auth()))
        .put("promotion", promotion(manifest.promotion()))
        .put("gates", new Tree().put("require_isolation", manifest.requireIsolation()).done())
        .put("artifacts", artifacts(manifest))
        .put("notifications", NotificationsTree.of(manifest.notifications()))
        .put("usage", usage(manifest))
        .put("costs", costs(manifest))
        .put("audit", audit(manifest.audit()))
        .put("drift", new Tree().put("every", manifest.drift().written()).done())
        .done();
  }

  private static Map<String, Object> named(List<Environment> environments) {
    Map<String, Object> tree = new LinkedHashMap<>();
    environments.forEach(environment -> tree.put(environment.name(), environment(environment)));
    return tree;
  }

  static <T> Map<String, Object> each(Map<?, T> map, Function<T, Map<String, Object>> write) {
    Map<String, Object> tree = new LinkedHashMap<>();
    map.forEach((key, value) -> tree.put(key.toString(), write.apply(value)));
    return tree;
  }

  static Map<String, Object> environment(Environment environment) {
    Map<String, Object> registries = new LinkedHashMap<>();
    environment
        .registries()
        .forEach(registry -> registries.put(registry.name(), RegistryTree.of(registry)));
    return new Tree()
        .put("registries", registries)
        .put("require_approval", environment.requireApproval())
        .put("approval_teams", environment.approvalTeams())
        .put("approvals_per_team", environment.approvalsPerTeam())
        .put("approval_timeout", environment.approvalTimeout())
        .put("on_approval", environment.onApproval())
        .put("post_validation", gates(environment.postValidation()))
        .put("freeze", environment.freeze().stream().map(ManifestTree::freeze).toList())
        .put("latest", environment.latest() ? null : false)
        .put("access", access(environment.access()))
        .done();
  }

  private static Map<String, Object> freeze(Freeze freeze) {
    return new Tree()
        .put("from", freeze.from())
        .put("to", freeze.to())
        .put("reason", freeze.reason())
        .put("rrule", freeze.rrule())
        .put("duration", freeze.duration())
        .put("timezone", freeze.timezone())
        .done();
  }

  static Map<String, Object> access(Map<Permission, List<String>> access) {
    Map<String, Object> tree = new LinkedHashMap<>();
    // An empty list stays: it means nobody, where a missing one means the default.
    access.forEach((permission, who) -> tree.put(permission.word(), who));
    return tree;
  }

  static Map<String, Object> team(Team team) {
    return new Tree()
        .put("members", team.members())
        .put("email", team.email())
        .put("slack", team.slack())
        .put("oidc_group", team.oidcGroup())
        .done();
  }

  private static Map<String, Object> auth(Auth auth) {
    Auth.Oidc oidc = auth.oidc();
    return new Tree()
        .put("oidc", oidc == null ? null : oidc(oidc))
        .put("command_signers", auth.commandSigners().stream().map(ManifestTree::signer).toList())
        .put("service_key", auth.serviceKey())
        .done();
  }

  private static Map<String, Object> oidc(Auth.Oidc oidc) {
    return new Tree()
        .put("issuer", oidc.issuer())
        .put("audience", oidc.audience())
        .put("subject", oidc.subject())
        .put("groups", oidc.groups())
        .done();
  }

  private static Map<String, Object> signer(Auth.CommandSigner signer) {
    return new Tree()
        .put("name", signer.name())
        .put("jwks", signer.jwks())
        .put("may", signer.may().stream().map(Permission::word).toList())
        .put("reply_to", signer.replyTo())
        .done();
  }

  private static Map<String, Object> promotion(Promotion promotion) {
    return new Tree()
        .put("path", promotion.path())
        .put("fail_fast", promotion.failFast())
        .put("separation_of_duties", promotion.separationOfDuties())
        .put("results_valid", promotion.resultsValid())
        .put("validation_gates", gates(promotion.validationGates()))
        .put(
            "rollback",
            unlessUsual(promotion.rollback(), Promotion.Rollback.DEFAULT, ManifestTree::rollback))
        .put("policies", promotion.policies().stream().map(ManifestTree::policy).toList())
        .put("attestation", attestation(promotion.attestation()))
        .done();
  }

  private static Map<String, Object> attestation(Promotion.@Nullable Attestation attestation) {
    return attestation == null
        ? Map.of()
        : new Tree()
            .put("key", attestation.key())
            .put("verifier_id", attestation.verifierId())
            .done();
  }

  static List<Map<String, Object>> gates(List<Gate> gates) {
    return gates.stream().map(gate -> gate(gate)).toList();
  }

  private static Map<String, Object> gate(Gate gate) {
    return new Tree()
        .put("definition", gate.definitionHash())
        .put("enabled", gate.enabled())
        .putAll(gateSettings(gate))
        .done();
  }

  /** What of a gate may be seen of what it does: everything but its command and its variables. */
  static Map<String, Object> gateSettings(Gate gate) {
    return new Tree()
        .put("name", gate.name())
        .put("kind", gate.kind())
        .put("timeout", gate.timeout())
        .put("environments", gate.environments())
        .put("working_directory", gate.workingDirectory())
        .put("retries", gate.retries())
        .put("network", gate.network())
        .put("dry_run", gate.dryRun())
        .put("rules", gate.rules().stream().map(ManifestTree::rule).toList())
        .put("keys", gate.signers().keys().stream().map(Signers::written).toList())
        .put("keyless", keyless(gate.signers().keyless()))
        .done();
  }

  private static Map<String, Object> rule(PolicyRule rule) {
    return new Tree()
        .put("name", rule.name())
        .put("expr", rule.expr())
        .put("message", rule.message())
        .done();
  }

  private static Map<String, Object> keyless(Signers.@Nullable Keyless keyless) {
    return keyless == null
        ? Map.of()
        : new Tree()
            .put("trusted_root", "file:" + keyless.trustedRoot())
            .put("issuer", keyless.issuer())
            .put("identity", keyless.identity())
            .put("identity_regexp", keyless.identityRegexp())
            .done();
  }

  static Map<String, Object> rollback(Promotion.Rollback rollback) {
    return new Tree()
        .put("require_approval", rollback.requireApproval())
        .put("approval_teams", rollback.approvalTeams())
        .put("auto_rollback_on_failure", rollback.autoRollbackOnFailure())
        .done();
  }

  private static Map<String, Object> policy(Promotion.Policy policy) {
    List<Map<String, Object>> conditions =
        policy.conditions().stream()
            .map(condition -> new Tree().put(condition.key(), value(condition)).done())
            .toList();
    return new Tree()
        .put("name", policy.name())
        .put("enabled", policy.enabled())
        .put("from_env", policy.fromEnv())
        .put("to_env", policy.toEnv())
        .put("conditions", conditions)
        .put("approval", policy.requiresApproval() ? "required" : "none")
        .put("notification", policy.notification())
        .done();
  }

  private static Object value(Promotion.Condition condition) {
    boolean text = condition.key().equals("expr") || condition.key().startsWith("days_in_");
    return text ? condition.value() : Boolean.valueOf(condition.value());
  }

  private static Map<String, Object> artifacts(Manifest manifest) {
    return new Tree()
        .put("retention", unlessUsual(manifest.retention(), Retention.DEFAULT, ManifestTree::kept))
        .put(
            "lifecycle",
            unlessUsual(manifest.lifecycle(), Lifecycle.DEFAULT, ManifestTree::lifecycle))
        .done();
  }

  /** A section that nobody wrote does not appear: shown, it would say what nobody said. */
  private static <T> @Nullable Map<String, Object> unlessUsual(
      T section, T usual, Function<T, Map<String, Object>> write) {
    return section.equals(usual) ? null : write.apply(section);
  }

  private static Map<String, Object> kept(Retention retention) {
    return new Tree()
        .put("keep_last_versions", retention.keepLastVersions())
        .put("keep_duration_days", retention.keepDuration())
        .put("protected_tags", retention.protectedTags())
        .put("delete_schedule", retention.deleteSchedule())
        .put("notice", retention.notice())
        .done();
  }

  private static Map<String, Object> lifecycle(Lifecycle lifecycle) {
    return new Tree()
        .put("support_window", lifecycle.supportWindow())
        .put("deprecation_notice", lifecycle.deprecationNotice())
        .put("reminders", lifecycle.reminders().stream().map(Span::toString).toList())
        .put("block_eol", lifecycle.blockEol())
        .putAll(each(lifecycle.versions(), ManifestTree::lifecycleEntry))
        .done();
  }

  private static Map<String, Object> lifecycleEntry(Lifecycle.Entry entry) {
    return new Tree()
        .put("status", entry.status())
        .put("eol_date", entry.eolDate())
        .put("deprecation_date", entry.deprecationDate())
        .put("replacement", entry.replacement())
        .put("support_window", entry.supportWindow())
        .done();
  }

  private static Map<String, Object> usage(Manifest manifest) {
    Map<String, Object> lineage = new Tree().put("kafka_topic", manifest.openLineageTopic()).done();
    return new Tree().put("openlineage", lineage).done();
  }

  private static Map<String, Object> costs(Manifest manifest) {
    Costs costs = manifest.costs();
    return costs == null
        ? Map.of()
        : new Tree()
            .put("storage_per_gb_month", costs.storagePerGbMonth())
            .put("currency", costs.currency())
            .put("source", costs.source())
            .done();
  }

  private static Map<String, Object> audit(Audit audit) {
    List<Map<String, Object>> alerts =
        audit.alerts().stream()
            .map(
                alert ->
                    new Tree()
                        .put("rule", alert.rule())
                        .put("enabled", alert.enabled())
                        .putAll(alert.settings())
                        .done())
            .toList();
    return new Tree().put("retention", audit.retention()).put("alerts", alerts).done();
  }
}
