package dev.floe.approval.domain;

import dev.floe.approval.domain.ApprovalEvent.ApprovalRequested;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * As much of an artifact's approvals as the next decision depends on.
 *
 * @param pending requests that wait for people, by id, oldest first
 * @param ended the others, by id
 */
public record Approvals(Map<String, Pending> pending, Map<String, Ended> ended) {

  /** How a request ended. */
  public enum Ending {
    APPROVED,
    DENIED,
    EXPIRED,
    WITHDRAWN
  }

  /**
   * A request that nobody can decide any more.
   *
   * @param last what it was before it ended, decisions included
   * @param by who ended it, and for which team, where somebody did by denying it
   * @param reason why it was denied or withdrawn; empty where nobody said
   */
  public record Ended(Pending last, Ending how, Instant at, @Nullable Approval by, String reason) {

    /** Whether {@code person} said {@code choice} before, and it counted. */
    boolean hasHeard(String person, Choice choice) {
      return switch (choice) {
        case APPROVE -> how == Ending.APPROVED && last.hasApproved(person);
        case DENY -> by != null && by.by().equals(person);
      };
    }
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

  Approvals with(Ended one) {
    String id = one.last().request().approval();
    Map<String, Pending> fewer = new LinkedHashMap<>(pending);
    fewer.remove(id);
    Map<String, Ended> more = new LinkedHashMap<>(ended);
    more.put(id, one);
    return new Approvals(fewer, more);
  }

  /** How the request of that id stands, in the contract's word; empty if there is none. */
  public Optional<String> stateOf(String id) {
    return pending.containsKey(id)
        ? Optional.of("pending")
        : Optional.ofNullable(ended.get(id)).map(one -> one.how().name().toLowerCase(Locale.ROOT));
  }
}
