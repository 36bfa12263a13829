package dev.floe.approval.domain;

import dev.floe.approval.domain.ApprovalCommand.DecideApproval;
import dev.floe.approval.domain.ApprovalEvent.ApprovalRequested;
import dev.floe.approval.domain.Approvals.Ending;
import dev.floe.kernel.Refusal;
import dev.floe.manifest.Digest;
import dev.floe.manifest.ProblemCode;
import org.jspecify.annotations.Nullable;

/** Why a word does not count, in one sentence each. */
final class Refusals {

  private Refusals() {}

  static Refusal notPending(DecideApproval c, @Nullable Ending how) {
    if (how == null) {
      return new Refusal(
          ProblemCode.UNKNOWN_APPROVAL.code(),
          "There is no approval request '%s'.".formatted(c.approval()),
          "See `floe platform approval list`.");
    }
    String again = "Ask again with `floe platform promote … --request-approval`.";
    return switch (how) {
      case APPROVED ->
          new Refusal(
              ProblemCode.ALREADY_ENDED.code(),
              "'%s' is approved already.".formatted(c.approval()),
              "Stop the promotion with `floe platform cancel %s`.".formatted(c.approval()));
      case DENIED ->
          new Refusal(
              ProblemCode.APPROVAL_DENIED.code(),
              "'%s' was denied already.".formatted(c.approval()),
              again);
      case EXPIRED ->
          new Refusal(
              ProblemCode.APPROVAL_EXPIRED.code(),
              "'%s' has expired.".formatted(c.approval()),
              again);
      case WITHDRAWN ->
          new Refusal(
              ProblemCode.APPROVAL_WITHDRAWN.code(),
              "'%s' was withdrawn: its promotion has ended.".formatted(c.approval()),
              again);
    };
  }

  static Refusal expired(ApprovalRequested request) {
    return new Refusal(
        ProblemCode.APPROVAL_EXPIRED.code(),
        "'%s' expired at %s.".formatted(request.approval(), request.expiresAt()),
        "Ask again with `floe platform promote … --request-approval`.");
  }

  static Refusal ownRequest(String person) {
    return new Refusal(
        ProblemCode.SEPARATION_OF_DUTIES.code(),
        "%s asked for this promotion and may not approve it.".formatted(person),
        "Somebody else of an approving team has to decide.");
  }

  static Refusal notInATeam(String person, ApprovalRequested request) {
    String teams =
        String.join(", ", request.teams().stream().map(TeamQuorum::team).sorted().toList());
    return new Refusal(
        ProblemCode.NOT_AUTHORISED.code(),
        "%s is in none of the approving teams (%s).".formatted(person, teams),
        teams,
        "Ask a member of those teams.",
        null);
  }

  static Refusal otherDigest(Digest seen, ApprovalRequested request) {
    return new Refusal(
        ProblemCode.DIGEST_DIFFERS.code(),
        "The decision is about %s, the request about %s.".formatted(seen, request.digest()),
        "Look at `floe platform approval status %s` and decide again."
            .formatted(request.approval()));
  }
}
