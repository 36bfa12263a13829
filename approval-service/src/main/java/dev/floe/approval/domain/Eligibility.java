package dev.floe.approval.domain;

import dev.floe.approval.domain.ApprovalCommand.DecideApproval;
import dev.floe.approval.domain.ApprovalEvent.ApprovalRequested;
import dev.floe.approval.domain.Approvals.Pending;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whose word counts, and for which team; derived anew at every decision. */
final class Eligibility {

  private Eligibility() {}

  static List<Refusal> refuse(Pending pending, Asked<Ruled> asked, DecideApproval c) {
    ApprovalRequested request = pending.request();
    ApprovalRules rules = asked.command().rules();
    List<Refusal> because = new ArrayList<>();
    rules.refuse(asked.by(), request.to()).ifPresent(because::add);
    if (because.isEmpty() && teams(pending, asked).isEmpty()) {
      because.add(Refusals.notInATeam(asked.by().name(), request));
    }
    if (request.separationOfDuties() && asked.by().name().equals(request.requestedBy())) {
      because.add(Refusals.ownRequest(asked.by().name()));
    }
    if (!request.expiresAt().isAfter(asked.at())) {
      because.add(Refusals.expired(request));
    }
    if (c.digest() != null && !c.digest().equals(request.digest())) {
      because.add(Refusals.otherDigest(c.digest(), request));
    }
    return because;
  }

  /** The teams that this approval is counted for; none when it changes nothing. */
  static List<String> countsFor(Pending pending, Asked<Ruled> asked) {
    boolean once = pending.request().separationOfDuties();
    if (once && pending.hasApproved(asked.by().name())) {
      return List.of();
    }
    List<TeamQuorum> open =
        teams(pending, asked).stream()
            .filter(team -> pending.missing(team) > 0)
            .filter(team -> !hasApprovedFor(pending, team, asked.by().name()))
            .sorted(Comparator.comparingLong(team -> spare(pending, team, asked)))
            .toList();
    return open.stream().limit(once ? 1 : open.size()).map(TeamQuorum::team).toList();
  }

  /** The team that a denial is recorded for. */
  static String teamOf(Pending pending, Asked<Ruled> asked) {
    return teams(pending, asked).getFirst().team();
  }

  private static List<TeamQuorum> teams(Pending pending, Asked<Ruled> asked) {
    Set<String> mine = asked.command().rules().teamsOf(asked.by());
    return pending.request().teams().stream().filter(team -> isIn(team, mine, asked.by())).toList();
  }

  private static boolean isIn(TeamQuorum team, Set<String> mine, Actor by) {
    return team.team().equals(TeamQuorum.ANYBODY) ? by.isPerson() : mine.contains(team.team());
  }

  private static boolean hasApprovedFor(Pending pending, TeamQuorum team, String person) {
    return pending.given().stream()
        .anyMatch(one -> one.by().equals(person) && one.team().equals(team.team()));
  }

  /**
   * How many others could still approve for {@code team} beyond those it needs. Whoever is in two
   * teams counts for the one that can spare them least, so that a quorum is not made unreachable.
   */
  private static long spare(Pending pending, TeamQuorum team, Asked<Ruled> asked) {
    Set<String> others = new HashSet<>(asked.command().rules().members(team.team()));
    if (others.isEmpty()) {
      return Long.MAX_VALUE;
    }
    others.remove(asked.by().name());
    others.remove(pending.request().requestedBy());
    pending.given().forEach(one -> others.remove(one.by()));
    return others.size() - pending.missing(team);
  }
}
