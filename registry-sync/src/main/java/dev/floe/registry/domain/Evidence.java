package dev.floe.registry.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a promotion goes on by: what is attested beside the copied artifact.
 *
 * @param rulesHash over everything in the manifest that matters for the target environment
 * @param planHash over the plan, as a dry run shows it
 * @param gates those that passed, in the order they ran
 * @param gatesPassedAt null where there was none to run
 * @param at when the promotion was let go on
 */
public record Evidence(
    String requestedBy,
    int manifestRevision,
    String rulesHash,
    String planHash,
    List<Gate> gates,
    @Nullable Instant gatesPassedAt,
    List<Approval> approvals,
    Instant at) {
  public Evidence {
    gates = List.copyOf(gates);
    approvals = List.copyOf(approvals);
  }

  /**
   * A gate that passed.
   *
   * @param definition {@code sha256:…} of what was run
   */
  public record Gate(String name, String definition) {}

  /**
   * One approval that was given.
   *
   * @param team the team that the decision counts for
   * @param via the door it came through
   */
  public record Approval(String team, String by, Instant at, String via) {}
}
