package dev.floe.cli.picture;

import dev.floe.cli.document.Doc;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Requests for approval: whom they went to, how they stand. */
public final class ApprovalPicture {

  private ApprovalPicture() {}

  /** What is said once people are asked; {@code teams} are the manifest's, by name. */
  public static List<String> requested(Doc promotion, Doc teams, Instant now) {
    Doc approval = promotion.doc("approval");
    List<String> lines = new ArrayList<>();
    lines.add("Approval request sent to:");
    List<Doc> asked = approval.docs("teams");
    for (Doc team : asked) {
      lines.addAll(
          team.has("team") && !team.text("team").isEmpty()
              ? recipients(team.text("team"), teams)
              : List.of("  - everybody who may approve for " + promotion.text("to")));
    }
    lines.add("Request ID: " + promotion.text("id"));
    approval.time("expiresAt").ifPresent(end -> lines.add("Expires: " + Times.until(end, now)));
    return lines;
  }

  private static List<String> recipients(String name, Doc teams) {
    Doc team = teams.doc(name);
    List<String> lines = new ArrayList<>();
    String slack = team.text("slack");
    if (!slack.isEmpty()) {
      String kind = slack.startsWith("#") ? "channel" : "handle";
      lines.add("  - %s (Slack %s)".formatted(slack, kind));
    }
    if (team.has("email")) {
      lines.add("  - %s (Email)".formatted(team.text("email")));
    }
    if (lines.isEmpty()) {
      String members = String.join(", ", team.texts("members"));
      lines.add("  - @%s (%s)".formatted(name, members.isEmpty() ? "team" : "team: " + members));
    }
    return lines;
  }

  /** What is said where people were asked before and have not all answered. */
  public static List<String> pending(Doc promotion, Instant now) {
    Doc approval = promotion.doc("approval");
    List<String> lines = new ArrayList<>();
    String missing = missing(approval);
    lines.add("Approval pending" + (missing.isEmpty() ? "" : ": " + missing));
    lines.add("Request ID: " + promotion.text("id"));
    approval.time("expiresAt").ifPresent(end -> lines.add("Expires: " + Times.until(end, now)));
    return lines;
  }

  /** {@code floe platform approval status}: the state, who decided, who still has to. */
  public static List<String> status(Doc approval, Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add("Status: " + approval.text("state"));
    for (Doc team : approval.docs("teams")) {
      for (Doc given : team.docs("approvals")) {
        lines.add("Approved by: %s (%s)".formatted(given.text("by"), Times.second(given, "at")));
      }
    }
    denied(approval, lines);
    if (approval.text("state").equals("pending")) {
      String missing = missing(approval);
      if (!missing.isEmpty()) {
        lines.add("Waiting for: " + missing);
      }
      approval.time("expiresAt").ifPresent(end -> lines.add("Expires: " + Times.until(end, now)));
    }
    return lines;
  }

  private static void denied(Doc approval, List<String> lines) {
    Doc denial = approval.doc("deniedBy");
    String by = denial.isEmpty() ? approval.text("deniedBy") : denial.text("by");
    if (!by.isEmpty()) {
      String at = Times.second(denial, "at");
      String reason = denial.text("reason", approval.text("reason"));
      lines.add("Denied by: %s%s".formatted(by, at.isEmpty() ? "" : " (" + at + ")"));
      if (!reason.isEmpty()) {
        lines.add("Reason: " + reason);
      }
    }
  }

  /** The teams that have not approved yet, with how many approvals each still owes. */
  public static String missing(Doc approval) {
    List<String> teams = new ArrayList<>();
    for (Doc team : approval.docs("teams")) {
      long required = Math.max(1, team.number("required"));
      long missing = required - team.docs("approvals").size();
      if (missing > 0) {
        teams.add("%s (%d of %d)".formatted(name(team), missing, required));
      }
    }
    return String.join(", ", teams);
  }

  /** {@code floe platform approval list}. */
  public static List<String> list(List<Doc> approvals) {
    Grid grid =
        new Grid("REQUEST", "VERSION", "TO", "STATE", "REQUESTED BY", "EXPIRES", "WAITING FOR");
    for (Doc approval : approvals) {
      boolean pending = approval.text("state").equals("pending");
      grid.add(
          approval.text("id"),
          approval.text("version"),
          approval.text("to"),
          approval.text("state"),
          Words.orDash(approval.text("requestedBy")),
          Words.orDash(Times.second(approval, "expiresAt")),
          Words.orDash(pending ? teamsMissing(approval) : ""));
    }
    return grid.lines("No approvals.");
  }

  private static String name(Doc team) {
    String name = team.text("team");
    return name.isEmpty() ? "anyone who may approve" : "@" + name;
  }

  private static String teamsMissing(Doc approval) {
    return approval.docs("teams").stream()
        .filter(team -> team.docs("approvals").size() < Math.max(1, team.number("required")))
        .map(ApprovalPicture::name)
        .collect(Collectors.joining(", "));
  }
}
