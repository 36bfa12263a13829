package dev.floe.approval.domain;

import static dev.floe.kernel.Decision.accept;
import static dev.floe.kernel.Decision.alreadyDone;
import static dev.floe.kernel.Decision.refuse;

import dev.floe.approval.domain.ApprovalCommand.DecideApproval;
import dev.floe.approval.domain.ApprovalCommand.RequestApproval;
import dev.floe.approval.domain.ApprovalCommand.Tick;
import dev.floe.approval.domain.ApprovalCommand.WithdrawApproval;
import dev.floe.approval.domain.ApprovalEvent.ApprovalAttemptRefused;
import dev.floe.approval.domain.ApprovalEvent.ApprovalCompleted;
import dev.floe.approval.domain.ApprovalEvent.ApprovalDenied;
import dev.floe.approval.domain.ApprovalEvent.ApprovalExpired;
import dev.floe.approval.domain.ApprovalEvent.ApprovalGranted;
import dev.floe.approval.domain.ApprovalEvent.ApprovalRequested;
import dev.floe.approval.domain.ApprovalEvent.ApprovalWithdrawn;
import dev.floe.approval.domain.Approvals.Ended;
import dev.floe.approval.domain.Approvals.Ending;
import dev.floe.approval.domain.Approvals.Pending;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Decider;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Recorded;
import dev.floe.kernel.Refusal;
import dev.floe.manifest.ProblemCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of approval (329). A message may arrive twice: what took effect is no error. */
public final class ApprovalDecider implements Decider<Ruled, Approvals, ApprovalEvent> {

  @Override
  public Approvals initialState() {
    return Approvals.none();
  }

  @Override
  public Decision<ApprovalEvent> decide(Approvals state, Asked<Ruled> asked) {
    return switch (asked.command().command()) {
      case RequestApproval c -> request(state, asked, c);
      case DecideApproval c -> decide(state, asked, c);
      case WithdrawApproval c -> withdraw(state, asked, c);
      case Tick _ -> expire(state, asked);
    };
  }

  @Override
  public Approvals evolve(Approvals state, Recorded<ApprovalEvent> fact) {
    return switch (fact.event()) {
      case ApprovalRequested e -> state.with(new Pending(e, List.of()));
      case ApprovalGranted e ->
          state.with(
              pending(state, e.approval())
                  .with(new Approval(e.team(), e.by(), fact.at(), e.via())));
      case ApprovalCompleted e -> ended(state, e.approval(), Ending.APPROVED, fact.at(), "");
      case ApprovalDenied e -> {
        Approval by = new Approval(e.team(), e.by(), fact.at(), e.via());
        Pending last = pending(state, e.approval());
        yield state.with(new Ended(last, Ending.DENIED, fact.at(), by, e.reason()));
      }
      case ApprovalExpired e -> ended(state, e.approval(), Ending.EXPIRED, fact.at(), "");
      case ApprovalWithdrawn e ->
          ended(state, e.approval(), Ending.WITHDRAWN, fact.at(), e.reason());
      case ApprovalAttemptRefused _ -> state;
    };
  }

  private static Approvals ended(
      Approvals state, String id, Ending how, Instant at, String reason) {
    return state.with(new Ended(pending(state, id), how, at, null, reason));
  }

  private static Decision<ApprovalEvent> request(
      Approvals state, Asked<Ruled> asked, RequestApproval c) {
    if (asked.by().kind() != Actor.Kind.SYSTEM) {
      return refuseStranger(asked, c.approval());
    }
    if (state.pending().containsKey(c.approval()) || state.ended().containsKey(c.approval())) {
      return alreadyDone();
    }
    return accept(
        new ApprovalRequested(
            c.approval(),
            c.version(),
            c.digest(),
            c.from(),
            c.to(),
            c.teams(),
            c.separationOfDuties(),
            c.requestedBy(),
            asked.at().plus(c.timeout()),
            c.manifestRevision()));
  }

  private static Decision<ApprovalEvent> decide(
      Approvals state, Asked<Ruled> asked, DecideApproval c) {
    Pending pending = state.pending().get(c.approval());
    Ended ended = state.ended().get(c.approval());
    if (pending == null) {
      return ended == null
          ? refuseAttempt(null, c, List.of(Refusals.unknown(c)))
          : afterTheEnd(ended, asked, c);
    }
    List<Refusal> because = Eligibility.refuse(pending, asked, c);
    if (!because.isEmpty()) {
      return refuseAttempt(pending, c, because);
    }
    return switch (c.choice()) {
      case DENY -> accept(denied(pending, asked, c));
      case APPROVE -> approve(pending, asked, c);
    };
  }

  /** Only whoever could have decided learns how it ended; what they said before is no error. */
  private static Decision<ApprovalEvent> afterTheEnd(
      Ended ended, Asked<Ruled> asked, DecideApproval c) {
    Optional<Refusal> stranger = Eligibility.stranger(ended.last(), asked, c);
    return stranger.isEmpty() && ended.hasHeard(asked.by().name(), c.choice())
        ? alreadyDone()
        : refuseAttempt(ended.last(), c, List.of(stranger.orElseGet(() -> Refusals.ended(ended))));
  }

  private static Decision<ApprovalEvent> approve(
      Pending pending, Asked<Ruled> asked, DecideApproval c) {
    List<ApprovalEvent> events = new ArrayList<>();
    Pending then = pending;
    for (String team : Eligibility.countsFor(pending, asked)) {
      ApprovalRequested r = pending.request();
      events.add(
          new ApprovalGranted(
              r.approval(),
              r.version(),
              r.digest(),
              r.from(),
              r.to(),
              team,
              asked.by().name(),
              c.via(),
              c.reason()));
      then = then.with(new Approval(team, asked.by().name(), asked.at(), c.via()));
    }
    if (!events.isEmpty() && then.isComplete()) {
      ApprovalRequested r = pending.request();
      events.add(
          new ApprovalCompleted(
              r.approval(),
              r.version(),
              r.digest(),
              r.from(),
              r.to(),
              then.given(),
              r.expiresAt()));
    }
    return accept(events);
  }

  private static ApprovalDenied denied(Pending pending, Asked<Ruled> asked, DecideApproval c) {
    ApprovalRequested r = pending.request();
    return new ApprovalDenied(
        r.approval(),
        r.version(),
        r.digest(),
        r.from(),
        r.to(),
        Eligibility.teamOf(pending, asked),
        asked.by().name(),
        c.via(),
        c.reason());
  }

  private static Decision<ApprovalEvent> withdraw(
      Approvals state, Asked<Ruled> asked, WithdrawApproval c) {
    if (asked.by().kind() != Actor.Kind.SYSTEM) {
      return refuseStranger(asked, c.approval());
    }
    Pending pending = state.pending().get(c.approval());
    if (pending == null) {
      return alreadyDone();
    }
    ApprovalRequested r = pending.request();
    return accept(
        new ApprovalWithdrawn(r.approval(), r.version(), r.digest(), r.from(), r.to(), c.reason()));
  }

  private static Decision<ApprovalEvent> expire(Approvals state, Asked<Ruled> asked) {
    List<ApprovalEvent> events = new ArrayList<>();
    for (Pending pending : state.expiredAt(asked.at())) {
      ApprovalRequested r = pending.request();
      events.add(new ApprovalExpired(r.approval(), r.version(), r.digest(), r.from(), r.to()));
    }
    return accept(events);
  }

  private static Decision<ApprovalEvent> refuseStranger(Asked<Ruled> asked, String approval) {
    Refusal why =
        new Refusal(
            ProblemCode.NOT_AUTHORISED.code(),
            "'%s' may not request or withdraw an approval; only promotions do."
                .formatted(asked.by().name()),
            "Use `floe platform promote … --request-approval` or `floe platform cancel`.");
    return refuse(
        List.of(why),
        new ApprovalAttemptRefused(
            approval, null, null, null, null, Choice.DENY, "kafka", List.of(why)));
  }

  private static Decision<ApprovalEvent> refuseAttempt(
      @Nullable Pending pending, DecideApproval c, List<Refusal> because) {
    if (pending == null) {
      return refuse(
          because,
          new ApprovalAttemptRefused(
              c.approval(), null, null, null, null, c.choice(), c.via(), because));
    }
    ApprovalRequested r = pending.request();
    return refuse(
        because,
        new ApprovalAttemptRefused(
            c.approval(), r.version(), r.digest(), r.from(), r.to(), c.choice(), c.via(), because));
  }

  private static Pending pending(Approvals state, String id) {
    Pending pending = state.pending().get(id);
    if (pending == null) {
      throw new IllegalStateException("broken history: no approval '%s' is pending".formatted(id));
    }
    return pending;
  }
}
