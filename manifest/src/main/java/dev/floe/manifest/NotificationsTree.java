package dev.floe.manifest;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The notifications as a tree in the manifest's own shape, without secrets. */
final class NotificationsTree {

  private NotificationsTree() {}

  static Map<String, Object> of(Notifications notifications) {
    Map<String, Object> channels =
        new Tree()
            .put("email", email(notifications.email()))
            .put("slack", slack(notifications.slack()))
            .put("webhooks", webhooks(notifications.webhooks()))
            .done();
    return new Tree()
        .put("channels", channels)
        .put("events", ManifestTree.each(notifications.events(), NotificationsTree::event))
        .done();
  }

  private static @Nullable Map<String, Object> email(Notifications.@Nullable Email email) {
    return email == null
        ? null
        : new Tree()
            .put("enabled", email.enabled())
            .put("smtp_server", email.smtpServer())
            .put("smtp_port", email.smtpPort())
            .put("from", email.from())
            .put("username", email.username())
            .put("password", email.password())
            .put("starttls", email.starttls())
            .done();
  }

  private static @Nullable Map<String, Object> slack(Notifications.@Nullable Slack slack) {
    return slack == null
        ? null
        : new Tree()
            .put("enabled", slack.enabled())
            .put("webhook_url", slack.webhookUrl())
            .put("channel", slack.channel())
            .put("bot_token", slack.botToken())
            .put("signing_secret", slack.signingSecret())
            .done();
  }

  private static @Nullable Map<String, Object> webhooks(Notifications.@Nullable Webhook webhook) {
    return webhook == null
        ? null
        : new Tree()
            .put("enabled", webhook.enabled())
            .put("url", webhook.url())
            .put("secret", webhook.secret())
            .done();
  }

  private static Map<String, Object> event(Notifications.Event event) {
    return new Tree()
        .put("channels", event.channels())
        .put("recipients", event.recipients())
        .put("severity", event.severity())
        .put("environments", ManifestTree.each(event.environments(), NotificationsTree::event))
        .done();
  }
}
