package dev.floe.kernel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One reason why something may not be.
 *
 * @param code kebab-case, stable, listed in the documentation
 * @param message one sentence for whoever asked
 * @param owner who can change it: a team, a person, a promotion id; empty where nobody in
 *     particular
 * @param remedy what to do, a command where there is one
 * @param possibleFrom when it stops standing in the way by itself, if it does
 */
public record Refusal(
    String code, String message, String owner, String remedy, @Nullable Instant possibleFrom) {

  public Refusal(String code, String message, String remedy) {
    this(code, message, "", remedy, null);
  }

  /** Deciding failed: a fault of ours, which has no effect and must not look like one. */
  public static Refusal unexpected() {
    return new Refusal(
        "unexpected",
        "The command could not be decided, and nothing was changed.",
        "This is a fault in floe: its log names the cause and the command's place among the dead"
            + " letters.");
  }
}
