package dev.floe.approval.domain;

/**
 * How many of a team have to approve.
 *
 * @param team its name; empty for any person who may approve for the environment
 */
public record TeamQuorum(String team, int required) {

  /** Stands for everybody who may approve. */
  public static final String ANYBODY = "";

  public TeamQuorum {
    if (required < 1) {
      throw new IllegalArgumentException(
          "team '%s' needs at least one approval, not %d".formatted(team, required));
    }
  }
}
