package dev.floe.cli.picture;

import dev.floe.cli.document.Doc;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code floe platform status}: every environment, what is there, what waits, what was. */
public final class StatusPicture {

  private static final int HISTORY = 5;

  private final Doc status;
  private final List<String> path;
  private final Instant now;

  /**
   * The picture of {@code status} at {@code now}.
   *
   * @param path the environments in order
   */
  public StatusPicture(Doc status, List<String> path, Instant now) {
    this.status = status;
    this.path = path;
    this.now = now;
  }

  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Promotion Status: " + status.text("artifact"));
    for (Doc slot : status.docs("environments")) {
      lines.add("");
      lines.add(slot.text("environment"));
      slot(slot, lines);
    }
    return lines;
  }

  private void slot(Doc slot, List<String> lines) {
    Doc current = slot.doc("current");
    boolean first = isFirst(slot);
    List<Doc> pending = slot.docs("pending");
    add(lines, "Current", current(slot, current));
    add(lines, "Status", health(slot));
    add(lines, "Updated", Times.second(slot, "updatedAt"));
    add(lines, "Latest available", slot.text("latestAvailable"));
    // What is live matters less than what is to come, once something is.
    if (!slot.has("latestAvailable") && pending.isEmpty()) {
      add(lines, "Promoted from", promotedFrom(slot.doc("promotedFrom")));
    }
    for (Doc waiting : pending) {
      add(lines, "Pending promotion", pending(slot, waiting));
      decisions(waiting, lines);
    }
    add(lines, "Last attempt", attempt(slot, slot.doc("lastAttempt")));
    if (pending.isEmpty() && !first && !slot.has("latestAvailable")) {
      add(lines, "Pending approvals", "None");
    }
    add(lines, "Approvers", at(slot.texts("approvers")));
    for (Doc lock : slot.docs("locks")) {
      add(lines, "Locked", lock(lock));
    }
    registries(slot, lines);
    add(lines, "History", history(slot, current));
  }

  private static void add(List<String> lines, String name, String value) {
    if (!value.isEmpty()) {
      lines.add("  %s: %s".formatted(name, value));
    }
  }

  private static String current(Doc slot, Doc current) {
    if (current.isEmpty()) {
      return "none";
    }
    String rolledBackFrom = slot.doc("rolledBackFrom").text("version", slot.text("rolledBackFrom"));
    return rolledBackFrom.isEmpty()
        ? tag(current.text("version"), slot.text("environment"))
        : "%s (rolled back from %s)".formatted(current.text("version"), rolledBackFrom);
  }

  private static String health(Doc slot) {
    String reasons = Words.capital(String.join("; ", slot.texts("reasons")));
    return switch (slot.text("health")) {
      case "healthy" -> slot.has("current") ? "✓ Healthy" : "";
      case "warning" -> "⚠ " + (reasons.isEmpty() ? "Warning" : reasons);
      case "failed" -> "✗ Failed" + (reasons.isEmpty() ? "" : ": " + reasons);
      default -> Words.capital(slot.text("health"));
    };
  }

  private static String promotedFrom(Doc from) {
    String environment = from.text("environment");
    return from.isEmpty()
        ? ""
        : "%s %s".formatted(environment, tag(from.text("version"), environment));
  }

  private String pending(Doc slot, Doc pending) {
    return "%s (%s)".formatted(way(slot, pending), state(pending.text("state")));
  }

  private String way(Doc slot, Doc promotion) {
    String to = slot.text("environment");
    String from = promotion.text("from", before(to).orElse(""));
    String version = promotion.text("version");
    return "%s → %s".formatted(from.isEmpty() ? version : tag(version, from), to);
  }

  /** Once somebody has approved: who did, and whose approval is still missing. */
  private static void decisions(Doc pending, List<String> lines) {
    String given =
        pending.docs("teams").stream()
            .flatMap(
                team ->
                    team.docs("approvals").stream()
                        .map(one -> one.text("by") + " for " + ApprovalPicture.name(team)))
            .collect(Collectors.joining(", "));
    if (!given.isEmpty()) {
      add(lines, "Approved by", given);
      add(lines, "Waiting for", ApprovalPicture.missing(pending));
    }
  }

  private String attempt(Doc slot, Doc attempt) {
    String reason = attempt.text("reason");
    return attempt.isEmpty()
        ? ""
        : "%s %s (%s)%s"
            .formatted(
                way(slot, attempt),
                attempt.text("outcome"),
                Times.second(attempt, "at"),
                reason.isEmpty() ? "" : ": " + reason);
  }

  private static String state(String state) {
    return switch (state) {
      case "awaiting_approval" -> "approval required";
      case "approved" -> "approved; promote again to continue";
      case "validating" -> "gates running";
      case "executing" -> "copying";
      default -> state;
    };
  }

  private static String lock(Doc lock) {
    String until = Times.second(lock, "until");
    String end = until.isEmpty() ? "" : " until " + until;
    return "%s (by %s%s)".formatted(lock.text("reason"), lock.text("by"), end);
  }

  private static void registries(Doc slot, List<String> lines) {
    List<Doc> registries = slot.docs("registries");
    if (registries.size() > 1) {
      add(
          lines,
          "Registries",
          registries.stream()
              .map(registry -> registry.text("name") + " " + registry.text("state"))
              .collect(Collectors.joining(", ")));
    }
  }

  private String history(Doc slot, Doc current) {
    String environment = slot.text("environment");
    return slot.docs("history").stream()
        .filter(entry -> !entry.text("version").equals(current.text("version")))
        .limit(HISTORY)
        .map(entry -> "%s (%s)".formatted(tag(entry.text("version"), environment), when(entry)))
        .collect(Collectors.joining(", "));
  }

  private String when(Doc entry) {
    String ago = entry.time("at").map(at -> Times.ago(at, now)).orElse("");
    String outcome = entry.text("outcome", "succeeded");
    return outcome.equals("succeeded") || outcome.equals("live") ? ago : outcome + " " + ago;
  }

  private boolean isFirst(Doc slot) {
    return !path.isEmpty() && path.getFirst().equals(slot.text("environment"));
  }

  private Optional<String> before(String environment) {
    int place = path.indexOf(environment);
    return place > 0 ? Optional.of(path.get(place - 1)) : Optional.empty();
  }

  private static String tag(String version, String environment) {
    return version + "-" + environment;
  }

  private static String at(List<String> teams) {
    return teams.stream().map(team -> "@" + team).collect(Collectors.joining(", "));
  }
}
