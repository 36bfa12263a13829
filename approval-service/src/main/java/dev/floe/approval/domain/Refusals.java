package dev.floe.approval.domain;

import dev.floe.approval.domain.ApprovalCommand.DecideApproval;
import dev.floe.approval.domain.ApprovalEvent.ApprovalRequested;
import dev.floe.approval.domain.Approvals.Ended;
import dev.floe.approval.domain.Approvals.Pending;
import dev.floe.kernel.Refusal;
import dev.floe.manifest.Digest;
import dev.floe.manifest.ProblemCode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** Why a word does not count, in one sentence each. */
final class Refusals {

  private Refusals() {}

  static Refusal unknown(DecideApproval c) {
    return new Refusal(
        ProblemCode.UNKNOWN_APPROVAL.code(),
        "There is no approval request '%s'.".formatted(c.approval()),
        "List the requests: `floe platform approval list`.");
  }

  /** How the request ended, when, and by whom. */
  static Refusal ended(Ended ended) {
    ApprovalRequested request = ended.last().request();
    String id = request.approval();
    Instant at = second(ended.at());
    String again = again(request);
    return switch (ended.how()) {
      case APPROVED ->
          new Refusal(
              ProblemCode.APPROVAL_COMPLETE.code(),
              "'%s' was approved at %s by %s; no further decision counts."
                  .formatted(id, at, people(ended.last().given())),
              "See whether the promotion continued: `floe platform approval status %s`."
                  .formatted(id));
      case DENIED ->
          new Refusal(
              ProblemCode.APPROVAL_DENIED.code(),
              "'%s' was denied at %s%s%s."
                  .formatted(
                      id,
                      at,
                      ended.by() == null ? "" : " by " + people(List.of(ended.by())),
                      because(ended.reason())),
              again);
      case EXPIRED -> expired(ended.last());
      case WITHDRAWN ->
          new Refusal(
              ProblemCode.APPROVAL_WITHDRAWN.code(),
              "'%s' was withdrawn at %s%s.".formatted(id, at, because(ended.reason())),
              again);
    };
  }

  static Refusal expired(Pending pending) {
    ApprovalRequested request = pending.request();
    String missing =
        request.teams().stream()
            .filter(team -> pending.missing(team) > 0)
            .map(
                team ->
                    "%s (%d of %d)"
                        .formatted(name(team.team()), pending.missing(team), team.required()))
            .collect(Collectors.joining(", "));
    return new Refusal(
        ProblemCode.APPROVAL_EXPIRED.code(),
        "'%s' expired at %s without the approval of %s."
            .formatted(request.approval(), second(request.expiresAt()), missing),
        again(request));
  }

  static Refusal ownRequest(String person, DecideApproval c) {
    return new Refusal(
        ProblemCode.SEPARATION_OF_DUTIES.code(),
        "%s requested this promotion and may not %s it."
            .formatted(person, c.choice() == Choice.APPROVE ? "approve" : "deny"),
        c.choice() == Choice.APPROVE
            ? "Another member of the approving teams must decide."
            : "To end it, cancel it: `floe platform cancel %s`.".formatted(c.approval()));
  }

  static Refusal notInATeam(String person, ApprovalRequested request) {
    String teams =
        request.teams().stream()
            .map(team -> name(team.team()))
            .sorted()
            .collect(Collectors.joining(", "));
    return new Refusal(
        ProblemCode.NOT_AUTHORISED.code(),
        "%s is not a member of an approving team (%s).".formatted(person, teams),
        teams,
        "Ask a member of these teams to decide.",
        null);
  }

  static Refusal otherDigest(Digest seen, ApprovalRequested request) {
    return new Refusal(
        ProblemCode.DIGEST_DIFFERS.code(),
        "The decision is about %s, but the request is about %s.".formatted(seen, request.digest()),
        "Look at `floe platform approval status %s` and decide again."
            .formatted(request.approval()));
  }

  private static String again(ApprovalRequested request) {
    return "Request it again: `floe platform promote %s %s --request-approval`."
        .formatted(request.version(), request.to());
  }

  private static String people(List<Approval> given) {
    return given.stream()
        .map(
            one ->
                one.team().equals(TeamQuorum.ANYBODY)
                    ? one.by()
                    : "%s (%s)".formatted(one.by(), one.team()))
        .collect(Collectors.joining(", "));
  }

  private static String name(String team) {
    return team.equals(TeamQuorum.ANYBODY) ? "anyone who may approve" : team;
  }

  private static String because(String reason) {
    return reason.isBlank() ? "" : ": " + reason.strip().replaceFirst("\\.$", "");
  }

  private static Instant second(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS);
  }
}
