package dev.floe.approval.domain;

import dev.floe.approval.domain.ApprovalEvent.ApprovalRequested;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * As much of an artifact's approvals as the next decision depends on.
 *
 * @param pending requests that stand, by id, oldest first
 * @param ended how the others ended, by id
 */
public record Approvals(Map<String, Pending> pending, Map<String, Ending> ended) {

  /** How a request ended. */
  public enum Ending {
    APPROVED,
    DENIED,
    EXPIRED,
    WITHDRAWN
  }

  /** A request that waits for people. */
  public record Pending(ApprovalRequested request, List<Approval> given) {
    public Pending {
      given = List.copyOf(given);
    }

    Pending with(Approval approval) {
      List<Approval> more = new ArrayList<>(given);
      more.add(approval);
      return new Pending(request, more);
    }

    boolean isComplete() {
      return request.teams().stream().allMatch(team -> missing(team) == 0);
    }

    boolean hasApproved(String person) {
      return given.stream().anyMatch(approval -> approval.by().equals(person));
    }

    long missing(TeamQuorum team) {
      long there = given.stream().filter(one -> one.team().equals(team.team())).count();
      return Math.max(0, team.required() - there);
    }
  }

  public Approvals {
    // Order matters to the ticker, so no copyOf, which forgets it.
    pending = new LinkedHashMap<>(pending);
    ended = new LinkedHashMap<>(ended);
  }

  public static Approvals none() {
    return new Approvals(Map.of(), Map.of());
  }

  /** When the first of the standing requests ends by itself. */
  public Optional<Instant> nextDue() {
    return pending.values().stream()
        .map(one -> one.request().expiresAt())
        .min(Comparator.naturalOrder());
  }

  List<Pending> expiredAt(Instant now) {
    return pending.values().stream()
        .filter(one -> !one.request().expiresAt().isAfter(now))
        .collect(Collectors.toList());
  }

  Approvals with(Pending one) {
    Map<String, Pending> more = new LinkedHashMap<>(pending);
    more.put(one.request().approval(), one);
    return new Approvals(more, ended);
  }

  Approvals ended(String id, Ending how) {
    Map<String, Pending> fewer = new LinkedHashMap<>(pending);
    fewer.remove(id);
    Map<String, Ending> more = new LinkedHashMap<>(ended);
    more.put(id, how);
    return new Approvals(fewer, more);
  }
}
