package dev.floe.cli.follow;

import dev.floe.cli.console.Failure;
import dev.floe.cli.console.Failure.Reason;
import dev.floe.cli.document.Doc;
import dev.floe.cli.picture.EndPicture;
import dev.floe.manifest.ProblemCode;
import java.util.List;
import java.util.Optional;

/** How a promotion that has ended ends the command. */
final class Ending {

  private Ending() {}

  /** The failure that {@code promotion} is; empty if it succeeded. */
  static Optional<Failure> of(Doc promotion) {
    String id = promotion.text("id");
    return switch (promotion.text("state")) {
      case "succeeded" -> Optional.empty();
      case "denied" -> some(promotion, ProblemCode.APPROVAL_DENIED, denial(promotion));
      case "expired" ->
          some(
              promotion, ProblemCode.APPROVAL_EXPIRED, "The approval of %s expired.".formatted(id));
      case "withdrawn" ->
          some(
              promotion,
              ProblemCode.APPROVAL_WITHDRAWN,
              "The approval request of %s was withdrawn.".formatted(id));
      case "cancelled" ->
          some(promotion, ProblemCode.PROMOTION_CANCELLED, "%s was cancelled.".formatted(id));
      case "superseded" ->
          some(
              promotion, ProblemCode.PROMOTION_SUPERSEDED, "A rollback replaced %s.".formatted(id));
      default -> some(promotion, cause(promotion), "%s failed.".formatted(id));
    };
  }

  private static Optional<Failure> some(Doc promotion, ProblemCode code, String otherwise) {
    List<Doc> blockers = promotion.docs("blockedBy");
    Doc first =
        blockers.stream()
            .filter(blocker -> blocker.text("code").equals(code.code()))
            .findFirst()
            .orElse(blockers.isEmpty() ? Doc.EMPTY : blockers.getFirst());
    String hint = first.text("remedy", again(promotion, code));
    boolean gates = EndPicture.byGates(promotion);
    String message = gates ? EndPicture.summary(promotion) : first.text("message", otherwise);
    Reason reason = new Reason(code.code(), message, hint, code.exitCode(), blockers);
    return Optional.of(new Failure(reason).with("promotion", promotion));
  }

  private static String again(Doc promotion, ProblemCode code) {
    return switch (code) {
      case APPROVAL_DENIED, APPROVAL_EXPIRED, APPROVAL_WITHDRAWN ->
          "Request it again: floe platform promote %s %s --request-approval."
              .formatted(promotion.text("version"), promotion.text("to"));
      default -> "";
    };
  }

  /** What ended it, when its state alone does not say. */
  private static ProblemCode cause(Doc promotion) {
    List<String> codes =
        promotion.docs("blockedBy").stream().map(blocker -> blocker.text("code")).toList();
    if (!codes.isEmpty()) {
      return ProblemCode.weightiest(codes);
    }
    return EndPicture.byGates(promotion) ? ProblemCode.GATE_FAILED : ProblemCode.UNEXPECTED;
  }

  private static String denial(Doc promotion) {
    Doc approval = promotion.doc("approval");
    Doc by = approval.doc("deniedBy");
    String who = by.isEmpty() ? approval.text("deniedBy", "somebody") : by.text("by");
    String why = by.text("reason", approval.text("reason"));
    return "The approval was denied by %s%s."
        .formatted(who, why.isEmpty() ? "" : ": " + why.replaceFirst("\\.$", ""));
  }
}
