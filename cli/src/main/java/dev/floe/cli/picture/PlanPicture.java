package dev.floe.cli.picture;

import dev.floe.cli.document.Doc;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code floe platform promote --dry-run}: what a real run would do, and what it would wait for.
 */
public final class PlanPicture {

  private final Doc plan;
  private final Doc teams;
  private final String words;
  private final List<String> lines = new ArrayList<>();
  private int steps;

  private PlanPicture(Doc plan, Doc teams, String words) {
    this.plan = plan;
    this.teams = teams;
    this.words = words;
  }

  /**
   * The picture of {@code plan}.
   *
   * @param teams the manifest's, by name
   * @param words the version and environments as they were typed
   */
  public static List<String> of(Doc plan, Doc teams, String words) {
    PlanPicture picture = new PlanPicture(plan, teams, words);
    picture.lines.add("DRY-RUN MODE: No changes will be made");
    picture.lines.add("");
    switch (plan.text("state")) {
      case "requested" -> picture.whole();
      case "succeeded" -> picture.live();
      default -> picture.open();
    }
    return picture.lines;
  }

  private void whole() {
    String from = plan.text("from");
    lines.add(
        "Promotion Plan: %s → %s".formatted(plan.text("version") + "-" + from, plan.text("to")));
    lines.add("");
    gates();
    lines.add("Promotion Steps:");
    approval();
    registries();
    step("Tag artifact: " + String.join(", ", tags()));
    post();
    lines.add("");
    List<Doc> asked = plan.doc("approval").docs("teams");
    String people = asked.isEmpty() ? "" : "; " + mustApprove(asked);
    lines.add("Summary: Ready to promote (0 issues found)" + people);
    String option = asked.isEmpty() ? "" : " --request-approval";
    lines.add("To proceed: floe platform promote %s%s".formatted(words, option));
  }

  private void live() {
    lines.add(
        "Summary: %s is already live in %s: nothing to do."
            .formatted(plan.text("version"), plan.text("to")));
  }

  private void open() {
    String state = plan.text("state");
    String then =
        switch (state) {
          case "awaiting_approval" -> "a real run requests nothing new";
          case "approved" -> "a real run continues it";
          default -> "a real run only follows it";
        };
    lines.add(
        "Summary: a promotion of %s to %s is open already (%s); %s"
            .formatted(plan.text("version"), plan.text("to"), state.replace('_', ' '), then));
    lines.add("To proceed: floe platform promote " + words);
  }

  private void gates() {
    List<Doc> gates = phase("before");
    if (gates.isEmpty()) {
      return;
    }
    lines.add("Validation Gates:");
    for (int i = 0; i < gates.size(); i++) {
      lines.add("  [%d/%d] %s".formatted(i + 1, gates.size(), GatePicture.name(gates.get(i))));
      lines.add("    Status: PASS (simulated)");
    }
    lines.add("");
  }

  private void approval() {
    Doc approval = plan.doc("approval");
    List<Doc> asked = approval.docs("teams");
    if (asked.isEmpty()) {
      return;
    }
    step("Request approval from:");
    asked.forEach(team -> lines.add("     - " + AskingPicture.approvers(team, teams)));
    lines.add("     Status: PENDING (%s)".formatted(mustApprove(asked)));
    String timeout = timeout(approval.text("timeout"));
    if (!timeout.isEmpty()) {
      step("Await approval timeout: " + timeout);
    }
  }

  private static String mustApprove(List<Doc> asked) {
    long approvals = asked.stream().mapToLong(ApprovalPicture::required).sum();
    return asked.size() == 1
        ? "%s must approve first".formatted(ApprovalPicture.name(asked.getFirst()))
        : "%s must approve first, %s in all"
            .formatted(Times.count(asked.size(), "team"), Times.count(approvals, "approval"));
  }

  private void registries() {
    for (Doc registry : plan.docs("registries")) {
      step("Copy artifact to %s registry".formatted(plan.text("to")));
      lines.add("     " + Words.ociRef(registry.text("ref")));
    }
  }

  private void post() {
    List<Doc> after = phase("after");
    if (!after.isEmpty()) {
      step("Run post-promotion validation");
      after.forEach(gate -> lines.add("     - " + GatePicture.name(gate)));
      lines.add("     Status: PASS (simulated)");
    }
  }

  private List<Doc> phase(String phase) {
    return plan.docs("gates").stream()
        .filter(gate -> gate.text("phase", "before").equals(phase))
        .toList();
  }

  private List<String> tags() {
    return plan.texts("tags").stream().map(ref -> ref.substring(ref.lastIndexOf(':') + 1)).toList();
  }

  private void step(String text) {
    steps++;
    lines.add("  %d. %s".formatted(steps, text));
  }

  private static String timeout(String text) {
    try {
      return text.isEmpty() ? "" : Times.span(Duration.parse(text));
    } catch (DateTimeException _) {
      return text;
    }
  }
}
