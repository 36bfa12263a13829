package dev.floe.audit.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request for approval as lists show it: the contract's shape, section 6. */
public record ApprovalView(
    String id,
    String promotion,
    String artifact,
    String version,
    String digest,
    String from,
    String to,
    String state,
    String requestedBy,
    Instant requestedAt,
    Instant expiresAt,
    List<Asking.Team> teams,
    @Nullable String deniedBy,
    String reason) {

  /** Every state that an approval can be in. */
  public static final List<String> STATES =
      List.of("pending", "approved", "denied", "expired", "withdrawn");

  public static Optional<ApprovalView> of(PromotionRow row) {
    return Optional.ofNullable(row.asking())
        .map(
            asking ->
                new ApprovalView(
                    row.id(),
                    row.id(),
                    row.artifact(),
                    asking.version(),
                    asking.digest(),
                    asking.from(),
                    asking.to(),
                    asking.state(),
                    asking.requestedBy(),
                    asking.requestedAt(),
                    asking.expiresAt(),
                    asking.teams(),
                    asking.deniedBy(),
                    asking.reason()));
  }

  /**
   * Whether somebody's word is still wanted and would count.
   *
   * @param member of these teams
   */
  public boolean waitsFor(String person, Set<String> member, boolean mayApprove) {
    boolean hasSpoken =
        teams.stream().flatMap(t -> t.approvals().stream()).anyMatch(a -> a.by().equals(person));
    return state.equals("pending")
        && !requestedBy.equals(person)
        && !hasSpoken
        && teams.stream()
            .filter(team -> team.approvals().size() < team.required())
            .anyMatch(team -> team.team().isEmpty() ? mayApprove : member.contains(team.team()));
  }
}
