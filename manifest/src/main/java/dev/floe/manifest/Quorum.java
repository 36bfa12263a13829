package dev.floe.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether teams can all approve when no person may count for two of them. */
final class Quorum {

  /** person → the seat (index into seats) that the person fills. */
  private final Map<String, Integer> seatOf = new HashMap<>();

  private final List<Team> seats = new ArrayList<>();

  private Quorum() {}

  /** True too where a group is involved, whose members are not known, or a team without any. */
  static boolean canBeMet(List<Team> teams, int perTeam) {
    if (teams.stream().anyMatch(team -> team.oidcGroup() != null || team.members().isEmpty())) {
      return true;
    }
    Quorum quorum = new Quorum();
    teams.forEach(
        team -> {
          for (int i = 0; i < perTeam; i++) {
            quorum.seats.add(team);
          }
        });
    for (int seat = 0; seat < quorum.seats.size(); seat++) {
      if (!quorum.fill(seat, new HashSet<>())) {
        return false;
      }
    }
    return true;
  }

  /** Seats somebody, moving others along if need be: bipartite matching by augmenting paths. */
  private boolean fill(int seat, Set<String> asked) {
    for (String person : seats.get(seat).members()) {
      if (asked.add(person)) {
        Integer other = seatOf.get(person);
        if (other == null || fill(other, asked)) {
          seatOf.put(person, seat);
          return true;
        }
      }
    }
    return false;
  }
}
