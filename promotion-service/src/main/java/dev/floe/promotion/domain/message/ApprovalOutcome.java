package dev.floe.promotion.domain.message;

/** How an approval ended. */
public enum ApprovalOutcome {
  APPROVED,
  DENIED,
  EXPIRED,
  WITHDRAWN
}
