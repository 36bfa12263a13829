package dev.floe.audit.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the promotion's own topic says about it: what was asked for, and each state it was in.
 *
 * @param peopleAsked whether people have been asked for their approval
 * @param refs full references of the tags it set, as its end tells them
 */
public record Course(
    Request request,
    List<Step> steps,
    boolean peopleAsked,
    List<String> refs,
    List<Blocker> blockedBy) {

  /** Every state that a promotion can be in. */
  public static final List<String> STATES =
      List.of(
          "queued",
          "requested",
          "validating",
          "awaiting_approval",
          "approved",
          "executing",
          "verifying",
          "succeeded",
          "failed",
          "refused",
          "denied",
          "expired",
          "withdrawn",
          "cancelled",
          "superseded");

  private static final Set<String> FINAL =
      Set.of(
          "succeeded",
          "failed",
          "refused",
          "denied",
          "expired",
          "withdrawn",
          "cancelled",
          "superseded");

  public Course {
    steps = List.copyOf(steps);
    refs = List.copyOf(refs);
    blockedBy = List.copyOf(blockedBy);
  }

  /**
   * What was asked for.
   *
   * @param teams who has to approve; null where nobody has to
   */
  public record Request(
      String version,
      @Nullable String digest,
      @Nullable String from,
      String to,
      String requestedBy,
      Instant at,
      @Nullable String planHash,
      @Nullable Integer manifestRevision,
      List<String> gates,
      List<String> postGates,
      List<Target> targets,
      @Nullable List<Quorum> teams,
      @Nullable String retryOf,
      String reason) {

    public Request {
      gates = List.copyOf(gates);
      postGates = List.copyOf(postGates);
      targets = List.copyOf(targets);
      teams = teams == null ? null : List.copyOf(teams);
    }

    /** Whether it is planned, and not for that registry. */
    boolean spares(String registry) {
      return !targets.isEmpty()
          && targets.stream().noneMatch(target -> target.name().equals(registry));
    }
  }

  /** One registry of the target environment. */
  public record Target(String name, String url) {}

  /** How many of a team have to approve. */
  public record Quorum(String team, int required) {}

  /** One state, from {@code at} on. */
  public record Step(String state, Instant at, String by) {}

  /** Whether a promotion in {@code state} stays in it for ever. */
  public static boolean isFinal(String state) {
    return FINAL.contains(state);
  }

  public static Set<String> finalStates() {
    return FINAL;
  }

  public Step last() {
    return steps.getLast();
  }

  public String state() {
    return last().state();
  }

  /** The state it was in at that time; empty if it had not begun. */
  public Optional<String> stateAt(Instant time) {
    return steps.stream()
        .filter(step -> !step.at().isAfter(time))
        .reduce((_, later) -> later)
        .map(Step::state);
  }
}
