package dev.floe.audit.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request for approval as people see who decide about it: the contract's shape, section 6.
 *
 * @param requestReason why the promotion was requested; empty where nobody said
 * @param gates with their results
 * @param endedAt when it was complete, denied, expired or withdrawn; null while it is pending
 * @param reason why it was denied or withdrawn
 * @param promotionState how its promotion stands; null where that is not known yet
 * @param next what can be done next, for whoever asks
 */
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
    String requestReason,
    boolean separationOfDuties,
    Instant expiresAt,
    @Nullable Instant endedAt,
    List<Asking.Team> teams,
    @Nullable String deniedBy,
    Asking.@Nullable Denial denial,
    String reason,
    List<PromotionView.Gate> gates,
    @Nullable String promotionState,
    @Nullable Instant promotionUpdatedAt,
    List<NextStep> next) {

  public ApprovalView {
    teams = List.copyOf(teams);
    gates = List.copyOf(gates);
    next = List.copyOf(next);
  }

  /** Every state that an approval can be in. */
  public static final List<String> STATES =
      List.of("pending", "approved", "denied", "expired", "withdrawn");

  public static Optional<ApprovalView> of(PromotionRow row) {
    return Optional.ofNullable(row.asking()).map(asking -> of(row, asking));
  }

  private static ApprovalView of(PromotionRow row, Asking asking) {
    Course course = row.course();
    return new ApprovalView(
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
        course == null ? "" : course.request().reason(),
        asking.separationOfDuties(),
        asking.expiresAt(),
        asking.endedAt(),
        asking.teams(),
        asking.deniedBy(),
        asking.denial(),
        asking.reason(),
        course == null ? List.of() : PromotionView.gates(course.request(), row.gates()),
        course == null ? null : course.state(),
        course == null ? null : course.last().at(),
        List.of());
  }

  /** The same, with what {@code viewer} and others can do next. */
  public ApprovalView seenBy(NextStep.Viewer viewer) {
    return new ApprovalView(
        id,
        promotion,
        artifact,
        version,
        digest,
        from,
        to,
        state,
        requestedBy,
        requestedAt,
        requestReason,
        separationOfDuties,
        expiresAt,
        endedAt,
        teams,
        deniedBy,
        denial,
        reason,
        gates,
        promotionState,
        promotionUpdatedAt,
        NextStep.after(this, viewer));
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
        && !(separationOfDuties && requestedBy.equals(person))
        && !hasSpoken
        && missing().stream()
            .anyMatch(team -> team.team().isEmpty() ? mayApprove : member.contains(team.team()));
  }

  /** The teams of which somebody still has to approve. */
  List<Asking.Team> missing() {
    return teams.stream().filter(team -> !team.isComplete()).toList();
  }
}
