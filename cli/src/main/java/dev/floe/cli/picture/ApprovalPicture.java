package dev.floe.cli.picture;

import dev.floe.cli.document.Doc;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Requests for approval: what they are about, who has decided, who still has to. */
public final class ApprovalPicture {

  private static final String INDENT = "  ";

  private ApprovalPicture() {}

  /** {@code floe platform approval status}: how it stands first, then what it is about. */
  public static List<String> status(Doc approval, Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add("Status: " + approval.text("state"));
    for (Doc team : approval.docs("teams")) {
      for (Doc given : team.docs("approvals")) {
        lines.add("Approved by: %s (%s)".formatted(given.text("by"), Times.second(given, "at")));
      }
    }
    ending(approval, lines);
    if (approval.text("state").equals("pending")) {
      add(lines, "Waiting for", missing(approval));
      approval.time("expiresAt").ifPresent(end -> lines.add("Expires: " + Times.until(end, now)));
    }
    lines.addAll(details(approval));
    return lines;
  }

  /** {@code floe platform approval list}: all of each request, for whoever decides needs all. */
  public static List<String> list(List<Doc> approvals, Instant now) {
    if (approvals.isEmpty()) {
      return List.of("No approvals.");
    }
    List<String> lines = new ArrayList<>();
    for (Doc approval : approvals) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add(approval.text("id"));
      status(approval, now).forEach(line -> lines.add(INDENT + line));
    }
    return lines;
  }

  private static void ending(Doc approval, List<String> lines) {
    Doc denial = approval.doc("denial");
    String ended = Times.second(approval, "endedAt");
    switch (approval.text("state")) {
      case "denied" -> {
        String at = Times.second(denial, "at");
        String by = denial.text("by", approval.text("deniedBy"));
        lines.add("Denied by: %s%s".formatted(by, at.isEmpty() ? "" : " (" + at + ")"));
        add(lines, "Reason", denial.text("reason", approval.text("reason")));
      }
      case "expired" -> {
        add(lines, "Expired", Times.second(approval, "expiresAt"));
        add(lines, "Not approved by", missing(approval));
      }
      case "withdrawn" -> {
        add(lines, "Withdrawn", ended);
        add(lines, "Reason", approval.text("reason"));
      }
      default -> {}
    }
  }

  private static List<String> details(Doc approval) {
    List<String> lines = new ArrayList<>();
    add(lines, "Artifact", "%s %s".formatted(approval.text("artifact"), approval.text("version")));
    add(lines, "Digest", approval.text("digest"));
    add(lines, "Promotion", promotion(approval));
    String at = Times.second(approval, "requestedAt");
    add(
        lines,
        "Requested by",
        approval.text("requestedBy") + (at.isEmpty() ? "" : " (" + at + ")"));
    add(lines, "Request reason", approval.text("requestReason"));
    List<Doc> gates = approval.docs("gates").stream().filter(GatePicture::hasEnded).toList();
    lines.add(gates.isEmpty() ? "Gates: none" : "Gates:");
    gates.forEach(gate -> lines.addAll(GatePicture.lines(gate)));
    lines.add("Teams:");
    approval.docs("teams").forEach(team -> lines.addAll(decisions(team)));
    denial(approval).ifPresent(lines::add);
    for (Doc next : approval.docs("next")) {
      boolean you = next.text("who").equals("you");
      String who = you ? "" : " (%s)".formatted(next.text("who"));
      lines.add("Next%s: %s".formatted(who, next.text("command")));
    }
    return lines;
  }

  private static String promotion(Doc approval) {
    String state = approval.text("promotionState");
    return "%s → %s%s"
        .formatted(
            approval.text("from"),
            approval.text("to"),
            state.isEmpty() ? "" : " (" + state.replace('_', ' ') + ")");
  }

  private static List<String> decisions(Doc team) {
    List<String> lines = new ArrayList<>();
    List<Doc> given = team.docs("approvals");
    lines.add("  %s: %d of %d approved".formatted(name(team), given.size(), required(team)));
    for (Doc one : given) {
      lines.add("    %s approved %s".formatted(one.text("by"), how(one)));
    }
    return lines;
  }

  private static Optional<String> denial(Doc approval) {
    Doc denial = approval.doc("denial");
    return denial.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "  @%s: %s denied %s".formatted(denial.text("team"), denial.text("by"), how(denial)));
  }

  private static String how(Doc decision) {
    String via = decision.text("via");
    String reason = decision.text("reason");
    return "(%s%s)%s"
        .formatted(
            Times.second(decision, "at"),
            via.isEmpty() ? "" : ", by " + via,
            reason.isEmpty() ? "" : ": " + reason);
  }

  /** The teams that have not approved yet, with how many approvals each still owes. */
  public static String missing(Doc approval) {
    List<String> teams = new ArrayList<>();
    for (Doc team : approval.docs("teams")) {
      long missing = required(team) - team.docs("approvals").size();
      if (missing > 0) {
        teams.add("%s (%d of %d)".formatted(name(team), missing, required(team)));
      }
    }
    return String.join(", ", teams);
  }

  static long required(Doc team) {
    return Math.max(1, team.number("required"));
  }

  static String name(Doc team) {
    String name = team.text("team");
    return name.isEmpty() ? "anyone who may approve" : "@" + name;
  }

  private static void add(List<String> lines, String title, String text) {
    if (!text.isBlank()) {
      lines.add(title + ": " + text);
    }
  }
}
