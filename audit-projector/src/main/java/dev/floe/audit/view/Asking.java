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
    String reason,
    Instant updatedAt) {

  public Asking {
    teams = List.copyOf(teams);
  }

  /** One team with what its members said. */
  public record Team(String team, int required, List<Given> approvals) {
    public Team {
      approvals = List.copyOf(approvals);
    }

    /** Whether enough of the team had approved at that time. */
    boolean isContentAt(Instant time) {
      return approvals.stream().filter(given -> !given.at().isAfter(time)).count() >= required;
    }
  }

  /** One approval. */
  public record Given(String by, Instant at, String via) {}

  /** Teams of which somebody still had to approve at that time. */
  public List<String> missingAt(Instant time) {
    return teams.stream().filter(team -> !team.isContentAt(time)).map(Team::team).toList();
  }

  static @Nullable Asking after(@Nullable Asking asking, Fact fact) {
    if (asking == null) {
      return fact.body() instanceof ApprovalRequested e ? asked(fact, e) : null;
    }
    return switch (fact.body()) {
      case ApprovalGranted e -> asking.granted(fact, e);
      case ApprovalDenied e -> asking.ended("denied", e.getBy(), e.getReason(), fact);
      case ApprovalExpired _ -> asking.ended("expired", null, "", fact);
      case ApprovalWithdrawn e -> asking.ended("withdrawn", null, e.getReason(), fact);
      case ApprovalCompleted e -> asking.completed(e, fact);
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
        "",
        fact.at());
  }

  private Asking granted(Fact fact, ApprovalGranted e) {
    List<Team> after = new ArrayList<>();
    for (Team team : teams) {
      if (team.team().equals(e.getTeam())) {
        List<Given> approvals = new ArrayList<>(team.approvals());
        approvals.add(new Given(e.getBy(), fact.at(), e.getVia()));
        after.add(new Team(team.team(), team.required(), approvals));
      } else {
        after.add(team);
      }
    }
    return with(state, expiresAt, after, deniedBy, reason, fact.at());
  }

  private Asking completed(ApprovalCompleted e, Fact fact) {
    return with("approved", e.getExpiresAt(), teams, null, "", fact.at());
  }

  private Asking ended(String end, @Nullable String by, String why, Fact fact) {
    return with(end, expiresAt, teams, by, why, fact.at());
  }

  private Asking with(
      String newState,
      Instant newExpiry,
      List<Team> newTeams,
      @Nullable String by,
      String why,
      Instant at) {
    return new Asking(
        version,
        digest,
        from,
        to,
        requestedBy,
        requestedAt,
        separationOfDuties,
        newState,
        newExpiry,
        newTeams,
        by,
        why,
        at);
  }
}
