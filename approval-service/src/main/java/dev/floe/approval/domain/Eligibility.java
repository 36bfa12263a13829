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
import java.util.Optional;
import java.util.Set;

/** Whose word counts, and for which team; derived anew at every decision. */
final class Eligibility {

  private Eligibility() {}

  /** Why a word about the request does not count, whoever says it and whenever. */
  static List<Refusal> refuse(Pending pending, Asked<Ruled> asked, DecideApproval c) {
    ApprovalRequested request = pending.request();
    List<Refusal> because = new ArrayList<>();
    stranger(pending, asked, c).ifPresent(because::add);
    if (!request.expiresAt().isAfter(asked.at())) {
      because.add(Refusals.expired(pending));
    }
    if (c.digest() != null && !c.digest().equals(request.digest())) {
      because.add(Refusals.otherDigest(c.digest(), request));
    }
    return because;
  }

  /** Why nothing that this person says about the request counts; empty if it may. */
  static Optional<Refusal> stranger(Pending pending, Asked<Ruled> asked, DecideApproval c) {
    ApprovalRequested request = pending.request();
    String person = asked.by().name();
    if (request.separationOfDuties() && person.equals(request.requestedBy())) {
      return Optional.of(Refusals.ownRequest(person, c));
    }
    return asked
        .command()
        .rules()
        .refuse(asked.by(), request.to())
        .or(
            () ->
                teams(pending, asked).isEmpty()
                    ? Optional.of(Refusals.notInATeam(person, request))
                    : Optional.empty());
  }

  /**
   * The teams that this approval is recorded for: those that still need one; else the person's
   * first, for what was said is on record even where it changes nothing. None when it was said
   * before.
   */
  static List<String> countsFor(Pending pending, Asked<Ruled> asked) {
    String person = asked.by().name();
    boolean heard = pending.hasApproved(person);
    boolean once = pending.request().separationOfDuties();
    if (once && heard) {
      return List.of();
    }
    List<TeamQuorum> unheard =
        teams(pending, asked).stream()
            .filter(team -> !hasApprovedFor(pending, team, person))
            .sorted(Comparator.comparingLong(team -> spare(pending, team, asked)))
            .toList();
    List<TeamQuorum> open = unheard.stream().filter(team -> pending.missing(team) > 0).toList();
    List<TeamQuorum> counted = open.isEmpty() && !heard ? unheard : open;
    long most = once || open.isEmpty() ? 1 : open.size();
    return counted.stream().limit(most).map(TeamQuorum::team).toList();
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
