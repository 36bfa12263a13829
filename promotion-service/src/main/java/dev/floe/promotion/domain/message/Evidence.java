package dev.floe.promotion.domain.message;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a promotion goes on by, besides approvals.
 *
 * @param rulesHash over everything in the manifest that matters for the target environment
 * @param planHash over the plan, as a dry run shows it
 * @param gates those that passed, in the order they ran
 * @param gatesPassedAt null where there was none to run
 */
public record Evidence(
    String requestedBy,
    int manifestRevision,
    String rulesHash,
    String planHash,
    List<GateRef> gates,
    @Nullable Instant gatesPassedAt) {
  public Evidence {
    gates = List.copyOf(gates);
  }
}
