package dev.floe.manifest;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The settings that a manifest may name and that nothing acts on yet. Whoever builds a feature
 * deletes its rows; a manifest that has one of these is valid, but is not applied.
 */
enum NotYet {
  FREEZE(Keys.ENVIRONMENT, "freeze"),
  OIDC(Keys.AUTH, "oidc"),
  SERVICE_KEY(Keys.AUTH, "service_key"),
  ROLLBACK(Keys.PROMOTION, "rollback"),
  POLICIES(Keys.PROMOTION, "policies"),
  DRY_RUN(Keys.GATE, "dry_run", "run"),
  RETENTION(Keys.ARTIFACTS, "retention"),
  LIFECYCLE(Keys.ARTIFACTS, "lifecycle"),
  NOTIFICATIONS(Keys.ROOT, "notifications"),
  USAGE(Keys.ROOT, "usage"),
  COSTS(Keys.ROOT, "costs"),
  ALERTS(Keys.AUDIT, "alerts");

  private final Keys section;
  private final String key;

  /** The one value that is not supported; empty for any. */
  private final String value;

  NotYet(Keys section, String key) {
    this(section, key, "");
  }

  NotYet(Keys section, String key, String value) {
    this.section = section;
    this.key = key;
    this.value = value;
  }

  /** The setting as the reference page names it, such as {@code environments.<name>.freeze}. */
  String path() {
    String whole = section.place().isEmpty() ? key : section.place() + "." + key;
    return value.isEmpty() ? whole : whole + ": " + value;
  }

  /** What of a section's entry nothing acts on yet. */
  static Optional<NotYet> of(Keys section, String key, Node value) {
    Predicate<NotYet> applies =
        row ->
            row.section == section
                && row.key.equals(key)
                && (row.value.isEmpty() || row.value.equals(Scalars.textOrNull(value)));
    return Arrays.stream(values()).filter(applies).findFirst();
  }
}
