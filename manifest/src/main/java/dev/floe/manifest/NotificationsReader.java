package dev.floe.manifest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads who is told what, and how. */
final class NotificationsReader {

  private final Reading reading;
  private final Names names;
  private final Section channels;
  private final Section events;

  NotificationsReader(Reading reading, Section section, Names names) {
    this.reading = reading;
    this.names = names;
    this.channels = section.section("channels", Keys.CHANNELS);
    this.events = section.section("events", Keys.EVENTS);
  }

  Notifications read() {
    Map<String, Notifications.Event> read = new LinkedHashMap<>();
    events
        .entries()
        .forEach(
            (name, entry) -> {
              if (Keys.EVENTS.known().contains(name)) {
                read.put(name, event(entry.value(), Keys.EVENT));
              }
            });
    return new Notifications(
        channels.has("email") ? email(channels.section("email", Keys.EMAIL)) : null,
        channels.has("slack") ? slack(channels.section("slack", Keys.SLACK)) : null,
        channels.has("webhooks") ? webhook(channels.section("webhooks", Keys.WEBHOOKS)) : null,
        read);
  }

  private Notifications.Email email(Section section) {
    return new Notifications.Email(
        section.flag("enabled", true),
        section.required("smtp_server", "smtp_server: smtp.example.com"),
        section.count("smtp_port", 25, 1),
        section.required("from", "from: floe@example.com"),
        section.text("username"),
        secret(section, "password"),
        section.flag("starttls", false));
  }

  private Notifications.Slack slack(Section section) {
    if (!section.has("webhook_url") && !section.has("bot_token")) {
      String message = "slack needs webhook_url or bot_token";
      reading.problems().error(section.node(), message, "webhook_url: file:/run/secrets/slack");
    }
    // A webhook's URL is a secret, but everybody writes it here: no warning for that one.
    String url = section.text("webhook_url");
    return new Notifications.Slack(
        section.flag("enabled", true),
        url == null ? null : reading.secret(section.place("webhook_url"), url),
        section.text("channel"),
        secret(section, "bot_token"),
        secret(section, "signing_secret"));
  }

  private Notifications.Webhook webhook(Section section) {
    String url = section.required("url", "url: https://receiver.example.com/floe");
    return new Notifications.Webhook(
        section.flag("enabled", true),
        reading.secret(section.place("url"), url),
        secret(section, "secret"));
  }

  private @Nullable Secret secret(Section section, String key) {
    String text = section.text(key);
    if (text == null) {
      return null;
    }
    Secret secret = reading.secret(section.place(key), text);
    if (secret instanceof Secret.Inline) {
      String message = "%s stands in the manifest in clear".formatted(key);
      String hint = "put it elsewhere and write env:NAME or file:PATH";
      reading.problems().warning(section.place(key), message, hint);
    }
    return secret;
  }

  private Notifications.Event event(Node node, Keys keys) {
    Section section = Section.of(reading, node, keys);
    section.textNodes("channels").forEach(this::checkChannel);
    section.textNodes("recipients").forEach(this::checkRecipient);
    Notifications.Severity severity =
        section.has("severity")
            ? section.choice("severity", Notifications.Severity.class, Notifications.Severity.INFO)
            : null;
    return new Notifications.Event(
        section.texts("channels"), section.texts("recipients"), severity, perEnvironment(section));
  }

  private Map<String, Notifications.Event> perEnvironment(Section section) {
    Map<String, Notifications.Event> read = new LinkedHashMap<>();
    Node node = section.value("environments");
    if (node != null) {
      reading
          .entries(node, "notifications.events.<event>.environments")
          .forEach(
              (name, entry) -> {
                names.environment(entry.key());
                read.put(name, event(entry.value(), Keys.EVENT_ENVIRONMENT));
              });
    }
    return read;
  }

  private void checkChannel(Node node) {
    String name = Scalars.text(node);
    List<String> known = Keys.CHANNELS.known();
    if (!known.contains(name)) {
      reading.problems().error(node, "there is no channel " + name, Names.meant(name, known));
    } else if (!channels.has(name)) {
      String hint = "add notifications.channels." + name;
      reading.problems().warning(node, "channel %s is not configured".formatted(name), hint);
    }
  }

  /** {@code @…} is a Slack handle, {@code #…} a channel, what has an @ inside a mail address. */
  private void checkRecipient(Node node) {
    String name = Objects.requireNonNull(Scalars.text(node));
    if (!name.startsWith("#") && name.indexOf('@') < 0) {
      names.team(node);
    }
  }
}
