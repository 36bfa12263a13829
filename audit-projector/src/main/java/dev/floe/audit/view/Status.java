package dev.floe.audit.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an artifact stands, environment by environment: the contract's shape, section 6.
 *
 * @param lagMs how far the projections are behind the log
 */
public record Status(
    String artifact, Instant at, long lagMs, List<EnvironmentStatus> environments) {

  /**
   * One slot.
   *
   * @param current null while the slot is empty
   * @param health healthy, warning or failed
   * @param latestAvailable a newer version that the environment before has; null if none
   * @param approvers teams that have to approve what comes in; empty where nobody has to
   * @param history what was there before, newest first
   */
  public record EnvironmentStatus(
      String environment,
      @Nullable Current current,
      String health,
      List<String> reasons,
      @Nullable Instant updatedAt,
      @Nullable Origin promotedFrom,
      @Nullable String rolledBackFrom,
      @Nullable String latestAvailable,
      List<String> approvers,
      List<RegistryState> registries,
      List<Pending> pending,
      List<Lock> locks,
      List<Past> history) {}

  /** What is live. */
  public record Current(String version, String digest, String tag, String ref) {}

  /** Where it came from. */
  public record Origin(String environment, String version) {}

  /** Whether one registry of the environment has it: pending, copied, failed or not-requested. */
  public record RegistryState(String name, String state) {}

  /**
   * A promotion into the slot that has not ended.
   *
   * @param waitingFor teams of which somebody still has to approve
   */
  public record Pending(String promotion, String version, String state, List<String> waitingFor) {}

  /** What keeps versions out of the slot. */
  public record Lock(String reason, String by, @Nullable Instant until) {}

  /**
   * A version that was there.
   *
   * @param outcome succeeded or failed
   */
  public record Past(String version, String digest, Instant at, String by, String outcome) {}
}
