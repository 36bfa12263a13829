package dev.floe.promotion.domain.message;

import java.time.Duration;
import java.util.List;

/**
 * What an approval takes.
 *
 * @param timeout how long the request stands
 * @param separationOfDuties whether the requester may not approve and nobody may count for two
 *     teams
 */
public record ApprovalRules(List<TeamQuorum> teams, Duration timeout, boolean separationOfDuties) {

  public ApprovalRules {
    teams = List.copyOf(teams);
  }
}
