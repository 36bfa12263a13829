package dev.floe.cli.picture;

import dev.floe.cli.document.Doc;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What whoever requested an approval is told: who has to give it, and how they get to know. */
public final class AskingPicture {

  private AskingPicture() {}

  /** What is said once the request is recorded; {@code teams} are the manifest's, by name. */
  public static List<String> requested(Doc promotion, Doc teams, Instant now) {
    Doc approval = promotion.doc("approval");
    List<String> lines = new ArrayList<>();
    lines.add("Approval required from:");
    approval.docs("teams").forEach(team -> lines.add("  - " + approvers(team, teams)));
    lines.addAll(reference(promotion, now));
    lines.add("floe has notified nobody: it has no notification channel yet.");
    lines.add("Send the approvers this command:");
    lines.add("  " + command(promotion));
    return lines;
  }

  /** What is said where the request was made before and not everybody has decided. */
  public static List<String> pending(Doc promotion, Instant now) {
    List<String> lines = new ArrayList<>();
    String missing = ApprovalPicture.missing(promotion.doc("approval"));
    lines.add("Approval pending" + (missing.isEmpty() ? "" : ": " + missing));
    lines.addAll(reference(promotion, now));
    return lines;
  }

  private static List<String> reference(Doc promotion, Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add("Request ID: " + promotion.text("id"));
    promotion
        .doc("approval")
        .time("expiresAt")
        .ifPresent(end -> lines.add("Expires: " + Times.until(end, now)));
    return lines;
  }

  /** What an approver has to type. */
  public static String command(Doc promotion) {
    return "floe platform approve --request " + promotion.text("id");
  }

  /** {@code @security: 1 of cleo@acme.com, dan@acme.com (#security)}. */
  static String approvers(Doc asked, Doc teams) {
    Doc team = teams.doc(asked.text("team"));
    List<String> contacts =
        Stream.of(team.text("slack"), team.text("email")).filter(each -> !each.isEmpty()).toList();
    String members = String.join(", ", team.texts("members"));
    return "%s: %d%s%s"
        .formatted(
            ApprovalPicture.name(asked),
            ApprovalPicture.required(asked),
            members.isEmpty() ? "" : " of " + members,
            contacts.isEmpty() ? "" : " (%s)".formatted(String.join(", ", contacts)));
  }
}
