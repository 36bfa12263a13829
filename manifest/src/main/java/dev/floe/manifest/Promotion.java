package dev.floe.manifest;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How versions move.
 *
 * @param path the environments in order
 * @param failFast whether the first failed gate ends the validation
 * @param separationOfDuties whether requester and approvers must all be different people
 * @param resultsValid how long passed gates stand before they must run again
 * @param attestation how each promotion is signed; null where none is
 */
public record Promotion(
    List<String> path,
    boolean failFast,
    boolean separationOfDuties,
    Duration resultsValid,
    List<Gate> validationGates,
    Rollback rollback,
    List<Policy> policies,
    @Nullable Attestation attestation) {

  public static final Duration DEFAULT_RESULTS_VALID = Duration.ofDays(1);

  public Promotion {
    path = List.copyOf(path);
    validationGates = List.copyOf(validationGates);
    policies = List.copyOf(policies);
  }

  /** How versions move back. */
  public record Rollback(
      boolean requireApproval, List<String> approvalTeams, boolean autoRollbackOnFailure) {

    public static final Rollback DEFAULT = new Rollback(false, List.of(), false);

    public Rollback {
      approvalTeams = List.copyOf(approvalTeams);
    }
  }

  /**
   * What a promotion is attested with: a SLSA verification summary in each target registry.
   *
   * @param key the private key, in PEM (PKCS#8): Ed25519, or ECDSA on P-256; never inline
   * @param verifierId who verified, as a URI; whoever checks pairs it with the public key
   */
  public record Attestation(Secret key, String verifierId) {}

  /** A rule that promotes by itself when its conditions hold. */
  public record Policy(
      String name,
      boolean enabled,
      String fromEnv,
      String toEnv,
      List<Condition> conditions,
      boolean requiresApproval,
      @Nullable String notification) {

    public Policy {
      conditions = List.copyOf(conditions);
    }
  }

  /**
   * One condition of a policy.
   *
   * @param key all_tests_pass, no_regressions, days_in_&lt;env&gt; or expr
   * @param value true or false, a time, or a CEL expression, as text
   */
  public record Condition(String key, String value) {}
}
