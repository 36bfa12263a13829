package dev.floe.manifest;

import java.util.List;
import java.util.Map;

/**
 * How long entries stay searchable at least, and what raises an alarm.
 *
 * @param alerts the configured rules; those not listed keep their defaults
 */
public record Audit(Span retention, List<Alert> alerts) {

  public static final Audit DEFAULT = new Audit(Span.parse("P2Y"), List.of());

  /** The rules that can raise an alert. */
  public static final List<String> RULES =
      List.of(
          "override_used",
          "self_approval",
          "repeated_refusals",
          "failed_sign_ins",
          "outside_working_hours",
          "instant_approval",
          "tag_moved");

  public Audit {
    alerts = List.copyOf(alerts);
  }

  /** One alert rule with its settings as written. */
  public record Alert(String rule, boolean enabled, Map<String, String> settings) {
    public Alert {
      settings = Ordered.map(settings);
    }
  }
}
