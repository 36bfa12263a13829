package dev.floe.approval.domain;

import dev.floe.kernel.Refusal;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Version;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can happen to approvals; {@code floe.approval.events} carries exactly these. */
public sealed interface ApprovalEvent {

  record ApprovalRequested(
      String approval,
      Version version,
      Digest digest,
      String from,
      String to,
      List<TeamQuorum> teams,
      boolean separationOfDuties,
      String requestedBy,
      Instant expiresAt,
      int manifestRevision)
      implements ApprovalEvent {
    public ApprovalRequested {
      teams = List.copyOf(teams);
    }
  }

  record ApprovalGranted(
      String approval,
      Version version,
      Digest digest,
      String from,
      String to,
      String team,
      String by,
      String via,
      String reason)
      implements ApprovalEvent {}

  record ApprovalDenied(
      String approval,
      Version version,
      Digest digest,
      String from,
      String to,
      String team,
      String by,
      String via,
      String reason)
      implements ApprovalEvent {}

  /** Somebody's word does not count. */
  record ApprovalAttemptRefused(
      String approval,
      @Nullable Version version,
      @Nullable Digest digest,
      @Nullable String from,
      @Nullable String to,
      Choice choice,
      String via,
      List<Refusal> reasons)
      implements ApprovalEvent {
    public ApprovalAttemptRefused {
      reasons = List.copyOf(reasons);
    }
  }

  record ApprovalCompleted(
      String approval,
      Version version,
      Digest digest,
      String from,
      String to,
      List<Approval> decisions,
      Instant expiresAt)
      implements ApprovalEvent {
    public ApprovalCompleted {
      decisions = List.copyOf(decisions);
    }
  }

  record ApprovalExpired(String approval, Version version, Digest digest, String from, String to)
      implements ApprovalEvent {}

  record ApprovalWithdrawn(
      String approval, Version version, Digest digest, String from, String to, String reason)
      implements ApprovalEvent {}
}
