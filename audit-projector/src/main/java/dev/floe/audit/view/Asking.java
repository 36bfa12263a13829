package dev.floe.audit.view;

import dev.floe.approval.v1.ApprovalCompleted;
import dev.floe.approval.v1.ApprovalDenied;
import dev.floe.approval.v1.ApprovalExpired;
import dev.floe.approval.v1.ApprovalGranted;
import dev.floe.approval.v1.ApprovalRequested;
import dev.floe.approval.v1.ApprovalWithdrawn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the approval service's topic says about one promotion: who was asked, who said what.
 *
 * @param state pending, approved, denied, expired or withdrawn
 * @param expiresAt until when it may be given, and once it is, used
 * @param teams in the order they were asked
 * @param reason why it was denied or withdrawn; empty where nobody said
 * @param endedAt when it was complete, denied, expired or withdrawn; null while it is pending
 */
public record Asking(
    String version,
    String digest,
    String from,
    String to,
    String requestedBy,
    Instant requestedAt,
    boolean separationOfDuties,
    String state,
    Instant expiresAt,
    List<Team> teams,
    @Nullable String deniedBy,
    @Nullable Denial denial,
    String reason,
    @Nullable Instant endedAt,
    Instant updatedAt) {

  public Asking {
    teams = List.copyOf(teams);
  }

  /** One team with what its members said. */
  public record Team(String team, int required, List<Given> approvals) {
    public Team {
      approvals = List.copyOf(approvals);
    }

    /** As it stood at that time. */
    Team at(Instant time) {
      return new Team(
          team, required, approvals.stream().filter(given -> !given.at().isAfter(time)).toList());
    }

    /** Whether enough of the team have approved. */
    boolean isComplete() {
      return approvals.size() >= required;
    }
  }

  /**
   * One approval.
   *
   * @param via the door it came through, such as cli or http
   */
  public record Given(String by, Instant at, String via, @Nullable String reason) {}

  /** The denial that ended it. */
  public record Denial(String by, String team, Instant at, String via, String reason) {}

  /** The teams as they stood at that time. */
  public List<Team> teamsAt(Instant time) {
    return teams.stream().map(team -> team.at(time)).toList();
  }

  static @Nullable Asking after(@Nullable Asking asking, Fact fact) {
    if (asking == null) {
      return fact.body() instanceof ApprovalRequested e ? asked(fact, e) : null;
    }
    return switch (fact.body()) {
      case ApprovalGranted e -> asking.granted(fact, e);
      case ApprovalDenied e ->
          asking.ended(
              "denied",
              new Denial(e.getBy(), e.getTeam(), fact.at(), e.getVia(), e.getReason()),
              e.getReason(),
              fact);
      case ApprovalExpired _ -> asking.ended("expired", null, "", fact);
      case ApprovalWithdrawn e -> asking.ended("withdrawn", null, e.getReason(), fact);
      case ApprovalCompleted _ -> asking.ended("approved", null, "", fact);
      default -> asking;
    };
  }

  private static Asking asked(Fact fact, ApprovalRequested e) {
    return new Asking(
        e.getVersion(),
        e.getDigest(),
        e.getFrom(),
        e.getTo(),
        e.getRequestedBy(),
        fact.at(),
        e.getSeparationOfDuties(),
        "pending",
        e.getExpiresAt(),
        e.getTeams().stream()
            .map(team -> new Team(team.getTeam(), team.getRequired(), List.of()))
            .toList(),
        null,
        null,
        "",
        null,
        fact.at());
  }

  private Asking granted(Fact fact, ApprovalGranted e) {
    List<Team> after = new ArrayList<>();
    for (Team team : teams) {
      if (team.team().equals(e.getTeam())) {
        List<Given> approvals = new ArrayList<>(team.approvals());
        approvals.add(new Given(e.getBy(), fact.at(), e.getVia(), e.getReason()));
        after.add(new Team(team.team(), team.required(), approvals));
      } else {
        after.add(team);
      }
    }
    return new Asking(
        version,
        digest,
        from,
        to,
        requestedBy,
        requestedAt,
        separationOfDuties,
        state,
        expiresAt,
        after,
        deniedBy,
        denial,
        reason,
        endedAt,
        fact.at());
  }

  private Asking ended(String end, @Nullable Denial denied, String why, Fact fact) {
    return new Asking(
        version,
        digest,
        from,
        to,
        requestedBy,
        requestedAt,
        separationOfDuties,
        end,
        expiresAt,
        teams,
        denied == null ? null : denied.by(),
        denied,
        why,
        fact.at(),
        fact.at());
  }
}
