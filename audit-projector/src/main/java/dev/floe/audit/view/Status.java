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
   * @param lastAttempt the latest promotion that did not bring its version; null where a version
   *     came in after it
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
      @Nullable Attempt lastAttempt,
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
   * @param teams who was asked and who has approved; empty while nobody is asked
   */
  public record Pending(
      String promotion,
      String version,
      @Nullable String from,
      String state,
      List<String> waitingFor,
      List<Asking.Team> teams,
      @Nullable Instant expiresAt) {}

  /**
   * A promotion that ended without bringing its version.
   *
   * @param outcome failed, denied, expired, withdrawn, cancelled or superseded
   * @param by who ended it; null where nobody did
   * @param reason why, in a sentence
   */
  public record Attempt(
      String promotion,
      String version,
      @Nullable String from,
      String outcome,
      Instant at,
      @Nullable String by,
      String reason) {}

  /** What keeps versions out of the slot. */
  public record Lock(String reason, String by, @Nullable Instant until) {}

  /**
   * A version that was there.
   *
   * @param outcome succeeded or failed
   */
  public record Past(String version, String digest, Instant at, String by, String outcome) {}
}
