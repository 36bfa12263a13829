package dev.floe.manifest;

import java.util.List;

/** Every key the manifest knows, by the section it belongs to. */
enum Keys {
  ROOT(
      "",
      "artifact",
      "environments",
      "teams",
      "access",
      "auth",
      "promotion",
      "gates",
      "artifacts",
      "notifications",
      "usage",
      "costs",
      "audit",
      "drift"),
  /** Its keys are the environments' names. */
  ENVIRONMENTS("environments"),
  ENVIRONMENT(
      "environments.<name>",
      "registry",
      "registries",
      "require_approval",
      "approval_teams",
      "approvals_per_team",
      "approval_timeout_days",
      "approval_timeout",
      "on_approval",
      "post_validation",
      "freeze",
      "latest",
      "access"),
  REGISTRIES("environments.<name>.registries", "primary", "secondary", "tertiary"),
  REGISTRY(
      "environments.<name>.registry",
      "url",
      "credentials",
      "ca",
      "client_certificate",
      "client_key",
      "timeout",
      "commit_timeout",
      "retries",
      "trusted_hosts"),
  FREEZE("environments.<name>.freeze", "from", "to", "reason", "rrule", "duration", "timezone"),
  /** Its keys are the teams' names. */
  TEAMS("teams"),
  TEAM("teams.<name>", "members", "email", "slack", "oidc_group"),
  ACCESS("access", Permission.words()),
  AUTH("auth", "oidc", "command_signers", "service_key"),
  OIDC("auth.oidc", "issuer", "audience", "subject", "groups"),
  SIGNER("auth.command_signers", "name", "jwks", "may", "reply_to"),
  PROMOTION(
      "promotion",
      "path",
      "fail_fast",
      "separation_of_duties",
      "results_valid",
      "validation_gates",
      "rollback",
      "policies",
      "attestation"),
  ATTESTATION("promotion.attestation", "key", "verifier_id"),
  ROLLBACK("promotion.rollback", "require_approval", "approval_teams", "auto_rollback_on_failure"),
  GATE(
      "promotion.validation_gates",
      "name",
      "enabled",
      "command",
      "timeout",
      "environments",
      "env",
      "working_directory",
      "retries",
      "network",
      "dry_run",
      "rules",
      "keys",
      "keyless",
      "definition",
      "kind"),
  RULE("promotion.validation_gates.rules", "name", "expr", "message"),
  KEYLESS(
      "promotion.validation_gates.keyless",
      "trusted_root",
      "issuer",
      "identity",
      "identity_regexp"),
  POLICY(
      "promotion.policies",
      "name",
      "enabled",
      "from_env",
      "to_env",
      "conditions",
      "approval",
      "notification"),
  CONDITION("promotion.policies.conditions", "all_tests_pass", "no_regressions", "expr"),
  GATES("gates", "require_isolation"),
  ARTIFACTS("artifacts", "retention", "lifecycle"),
  RETENTION(
      "artifacts.retention",
      "keep_last_versions",
      "keep_duration_days",
      "protected_tags",
      "delete_schedule",
      "notice"),
  LIFECYCLE(
      "artifacts.lifecycle", "support_window", "deprecation_notice", "reminders", "block_eol"),
  LIFECYCLE_ENTRY(
      "artifacts.lifecycle.<version>",
      "status",
      "eol_date",
      "deprecation_date",
      "replacement",
      "support_window"),
  NOTIFICATIONS("notifications", "channels", "events"),
  CHANNELS("notifications.channels", "email", "slack", "webhooks"),
  EMAIL(
      "notifications.channels.email",
      "enabled",
      "smtp_server",
      "smtp_port",
      "from",
      "username",
      "password",
      "starttls"),
  SLACK(
      "notifications.channels.slack",
      "enabled",
      "webhook_url",
      "channel",
      "bot_token",
      "signing_secret"),
  WEBHOOKS("notifications.channels.webhooks", "enabled", "url", "secret"),
  EVENTS("notifications.events", Notifications.EVENTS),
  EVENT("notifications.events.<event>", "channels", "recipients", "severity", "environments"),
  EVENT_ENVIRONMENT(
      "notifications.events.<event>.environments.<name>", "channels", "recipients", "severity"),
  USAGE("usage", "openlineage"),
  OPENLINEAGE("usage.openlineage", "kafka_topic"),
  COSTS("costs", "storage_per_gb_month", "currency", "source"),
  DRIFT("drift", "every"),
  AUDIT("audit", "retention", "alerts"),
  ALERT(
      "audit.alerts",
      "rule",
      "enabled",
      "severity",
      "within",
      "count",
      "hours",
      "days",
      "timezone");

  private final String place;

  @SuppressWarnings("ImmutableEnumChecker") // the constructors give it immutable lists only
  private final List<String> known;

  Keys(String place, String... known) {
    this(place, List.of(known));
  }

  Keys(String place, List<String> known) {
    this.place = place;
    this.known = List.copyOf(known);
  }

  /** Where the section stands, as the reference page names it. */
  String place() {
    return place;
  }

  List<String> known() {
    return known;
  }
}
