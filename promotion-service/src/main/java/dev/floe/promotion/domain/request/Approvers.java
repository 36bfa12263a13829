package dev.floe.promotion.domain.request;

import dev.floe.access.AccessRules;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.Permission;
import dev.floe.manifest.Team;
import dev.floe.promotion.domain.message.ApprovalRules;
import dev.floe.promotion.domain.message.TeamQuorum;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a request could ever be approved, as far as the manifest says who belongs where; a group
 * of the identity provider may hold anybody.
 */
final class Approvers {

  private Approvers() {}

  /** Whether there are people for every approval that {@code rules} take. */
  static boolean suffice(
      AccessRules access, ApprovalRules rules, String environment, String requestedBy) {
    List<Set<String>> seats = new ArrayList<>();
    for (TeamQuorum quorum : rules.teams()) {
      Optional<Set<String>> people = people(access, quorum, environment);
      if (people.isPresent()) {
        Set<String> others = new LinkedHashSet<>(people.get());
        if (rules.separationOfDuties()) {
          others.remove(requestedBy);
        }
        if (others.size() < quorum.required()) {
          return false;
        }
        for (int i = 0; i < quorum.required(); i++) {
          seats.add(others);
        }
      }
    }
    return !rules.separationOfDuties() || everySeatHasItsOwnPerson(seats);
  }

  /** Those who can speak for the quorum; empty if nobody can tell from here. */
  private static Optional<Set<String>> people(
      AccessRules access, TeamQuorum quorum, String environment) {
    return quorum.team().isEmpty()
        ? anyApprover(access, environment)
        : members(access.manifest().team(quorum.team()));
  }

  private static Optional<Set<String>> members(Team team) {
    return team.oidcGroup() == null
        ? Optional.of(new LinkedHashSet<>(team.members()))
        : Optional.empty();
  }

  private static Optional<Set<String>> anyApprover(AccessRules access, String environment) {
    Manifest manifest = access.manifest();
    Optional<List<String>> granted = manifest.granted(Permission.APPROVE, environment);
    if (granted.isEmpty()) {
      String starter = access.startedBy();
      return Optional.of(
          starter != null && manifest.access().isEmpty() ? Set.of(starter) : Set.of());
    }
    Set<String> people = new LinkedHashSet<>();
    for (String entry : granted.get()) {
      Team listed = manifest.teams().get(entry);
      if (entry.equals("*") || (listed == null && !entry.contains("@"))) {
        return Optional.empty();
      }
      if (listed == null) {
        people.add(entry);
      } else if (listed.oidcGroup() != null) {
        return Optional.empty();
      } else {
        people.addAll(listed.members());
      }
    }
    return Optional.of(people);
  }

  /** Nobody counts for two teams, so the seats need different people: a matching. */
  private static boolean everySeatHasItsOwnPerson(List<Set<String>> seats) {
    Map<String, Integer> seatOf = new HashMap<>();
    for (int seat = 0; seat < seats.size(); seat++) {
      if (!seated(seat, seats, seatOf, new HashSet<>())) {
        return false;
      }
    }
    return true;
  }

  private static boolean seated(
      int seat, List<Set<String>> seats, Map<String, Integer> seatOf, Set<String> asked) {
    for (String person : seats.get(seat)) {
      if (asked.add(person)) {
        Integer taken = seatOf.get(person);
        if (taken == null || seated(taken, seats, seatOf, asked)) {
          seatOf.put(person, seat);
          return true;
        }
      }
    }
    return false;
  }
}
