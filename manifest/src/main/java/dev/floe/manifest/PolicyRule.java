package dev.floe.manifest;

import java.util.List;

/**
 * One rule of {@code policy_compliance}.
 *
 * @param expr a CEL expression that is true when the artifact complies
 * @param message what to tell people when it does not
 */
public record PolicyRule(String name, String expr, String message) {

  /** What is checked when the manifest lists no rules. */
  public static final List<PolicyRule> DEFAULTS =
      List.of(
          new PolicyRule("has-content", "artifact.size > 0", "The artifact has no content."),
          new PolicyRule(
              "not-end-of-life",
              "artifact.lifecycle != 'eol'",
              "The version has reached its end of life; promote its replacement."));
}
