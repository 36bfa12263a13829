package dev.floe.audit.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What somebody can do next about an approval.
 *
 * @param who {@code you}, or whoever has to do it
 * @param command exactly what to type
 */
public record NextStep(String who, String command) {

  private static final String YOU = "you";

  /**
   * Whoever looks.
   *
   * @param mayDecide whether their decision is still wanted and would count
   * @param mayPromote whether they may promote into the environment
   * @param defaultArtifact the one that commands mean without being told
   * @param contacts where each team can be reached, by its name
   */
  public record Viewer(
      String name,
      boolean mayDecide,
      boolean mayPromote,
      String defaultArtifact,
      Map<String, String> contacts) {
    public Viewer {
      contacts = Map.copyOf(contacts);
    }
  }

  static List<NextStep> after(ApprovalView approval, Viewer viewer) {
    return switch (approval.state()) {
      case "pending" -> whilePending(approval, viewer);
      case "approved" -> onceApproved(approval, viewer);
      default -> List.of(requestAgain(approval, viewer));
    };
  }

  private static List<NextStep> whilePending(ApprovalView approval, Viewer viewer) {
    String approve = "floe platform approve --request " + approval.id();
    List<NextStep> steps = new ArrayList<>();
    if (viewer.mayDecide()) {
      steps.add(new NextStep(YOU, approve));
      steps.add(
          new NextStep(
              YOU, "floe platform deny --request %s --reason TEXT".formatted(approval.id())));
    } else {
      for (Asking.Team team : approval.missing()) {
        steps.add(new NextStep(memberOf(team.team(), viewer), approve));
      }
    }
    if (viewer.name().equals(approval.requestedBy())) {
      steps.add(new NextStep(YOU, "floe platform cancel " + approval.id()));
    }
    return steps;
  }

  private static List<NextStep> onceApproved(ApprovalView approval, Viewer viewer) {
    String state = approval.promotionState();
    if (state == null || state.equals("awaiting_approval") || state.equals("approved")) {
      return List.of(promote(approval, viewer, ""));
    }
    return switch (state) {
      case "succeeded", "executing", "verifying", "queued", "validating" -> List.of();
      default -> List.of(requestAgain(approval, viewer));
    };
  }

  private static NextStep requestAgain(ApprovalView approval, Viewer viewer) {
    return promote(approval, viewer, " --request-approval");
  }

  private static NextStep promote(ApprovalView approval, Viewer viewer, String option) {
    String who = viewer.mayPromote() ? YOU : "anyone who may promote into " + approval.to();
    boolean known = approval.artifact().equals(viewer.defaultArtifact());
    String artifact = known ? "" : " --artifact " + approval.artifact();
    return new NextStep(
        who,
        "floe platform promote %s %s%s%s"
            .formatted(approval.version(), approval.to(), option, artifact));
  }

  private static String memberOf(String team, Viewer viewer) {
    String contact = viewer.contacts().getOrDefault(team, "");
    return team.isEmpty()
        ? "anyone who may approve"
        : "a member of " + team + (contact.isEmpty() ? "" : ", " + contact);
  }
}
