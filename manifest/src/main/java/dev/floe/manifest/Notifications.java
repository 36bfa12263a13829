package dev.floe.manifest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is told what, and how. Each channel is null where the manifest has none. */
public record Notifications(
    @Nullable Email email,
    @Nullable Slack slack,
    @Nullable Webhook webhooks,
    Map<String, Event> events) {

  public static final Notifications NONE = new Notifications(null, null, null, Map.of());

  /** The events that can be notified about. */
  public static final List<String> EVENTS =
      List.of(
          "promotion_requested",
          "promotion_validated",
          "promotion_approved",
          "promotion_denied",
          "promotion_expired",
          "promotion_started",
          "promotion_succeeded",
          "promotion_failed",
          "promotion_rolled_back",
          "promotion_superseded",
          "retention_planned",
          "artifact_eol",
          "alert");

  public Notifications {
    events = Ordered.map(events);
  }

  /** How urgent a message is; critical ones cannot be muted. */
  public enum Severity {
    INFO,
    WARNING,
    CRITICAL
  }

  /** Mail over SMTP. */
  public record Email(
      boolean enabled,
      String smtpServer,
      int smtpPort,
      String from,
      @Nullable String username,
      @Nullable Secret password,
      boolean starttls) {}

  /** Slack: an incoming webhook, or an app with a token where buttons must work. */
  public record Slack(
      boolean enabled,
      @Nullable Secret webhookUrl,
      @Nullable String channel,
      @Nullable Secret botToken,
      @Nullable Secret signingSecret) {}

  /** An outgoing webhook. */
  public record Webhook(boolean enabled, Secret url, @Nullable Secret secret) {}

  /** Who hears of one event; {@code environments} replaces channels and recipients for some. */
  public record Event(
      List<String> channels,
      List<String> recipients,
      @Nullable Severity severity,
      Map<String, Event> environments) {
    public Event {
      channels = List.copyOf(channels);
      recipients = List.copyOf(recipients);
      environments = Ordered.map(environments);
    }
  }
}
