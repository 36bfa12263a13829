package dev.floe.approval.domain;

import dev.floe.manifest.Digest;
import dev.floe.manifest.FreeText;
import dev.floe.manifest.Name;
import dev.floe.manifest.Version;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be asked about approvals. */
public sealed interface ApprovalCommand {

  /** Asks people; comes from this service's own reaction alone. */
  record RequestApproval(
      String approval,
      Version version,
      Digest digest,
      String from,
      String to,
      List<TeamQuorum> teams,
      boolean separationOfDuties,
      String requestedBy,
      Duration timeout,
      int manifestRevision)
      implements ApprovalCommand {
    public RequestApproval {
      teams = List.copyOf(teams);
    }
  }

  /** Says what one person says. */
  record DecideApproval(
      String approval, Choice choice, String reason, @Nullable Digest digest, String via)
      implements ApprovalCommand {
    public DecideApproval {
      approval = Name.ID.checked(approval);
      reason = FreeText.said("reason", reason);
    }
  }

  /** Takes a request back because its promotion ended; comes from a reaction alone. */
  record WithdrawApproval(String approval, String reason) implements ApprovalCommand {}

  /** Says that time has passed. */
  record Tick() implements ApprovalCommand {}
}
