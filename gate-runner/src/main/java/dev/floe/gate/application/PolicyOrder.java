package dev.floe.gate.application;

import dev.floe.manifest.PolicyRule;
import dev.floe.manifest.Registry;
import java.time.Duration;
import java.util.List;

/**
 * One run of a built-in policy gate, complete: rules and place of the artifact are given.
 *
 * @param rules what must hold, in order
 * @param timeout for reading the artifact and evaluating all rules together
 * @param registry the primary registry of the environment the artifact comes from
 * @param artifact its name there
 * @param lifecycle {@code active}, {@code deprecated} or {@code eol}
 */
public record PolicyOrder(
    String gate,
    List<PolicyRule> rules,
    Duration timeout,
    Registry registry,
    String artifact,
    Subject subject,
    String lifecycle) {

  public PolicyOrder {
    rules = List.copyOf(rules);
  }
}
