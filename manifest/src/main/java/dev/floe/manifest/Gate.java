package dev.floe.manifest;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A check that an artifact must pass.
 *
 * @param kind how it is run
 * @param command the words of its command, placeholders not yet replaced; empty for a built-in, and
 *     in a manifest read back from the log
 * @param timeout after which its process tree is killed
 * @param environments the target environments it applies to; empty for all
 * @param env environment variables of its command
 * @param workingDirectory a writable folder to run in; null for an empty private one
 * @param retries how often it is run again after an error or a failure
 * @param rules what a built-in policy gate evaluates
 * @param signers whose signatures the built-in {@code security_scan} accepts
 * @param recordedHash the definition's hash in a manifest read back from the log or shown from
 *     there, else null
 */
public record Gate(
    String name,
    Kind kind,
    boolean enabled,
    List<String> command,
    Duration timeout,
    List<String> environments,
    Map<String, Secret> env,
    @Nullable String workingDirectory,
    int retries,
    Network network,
    DryRun dryRun,
    List<PolicyRule> rules,
    Signers signers,
    @Nullable String recordedHash) {

  /** How a gate is run. */
  public enum Kind {
    /** A process of its own. */
    COMMAND,
    /** The check of that name that floe brings along. */
    BUILT_IN,
    /** A known name that has neither: it errors when run. */
    MISSING
  }

  /** What of the network a command gate sees. */
  public enum Network {
    HOST,
    NONE
  }

  /** What a dry run does with the gate. */
  public enum DryRun {
    SIMULATE,
    RUN
  }

  public static final String POLICY_COMPLIANCE = "policy_compliance";
  public static final String INTEGRATION_TESTS = "integration_tests";
  public static final String SECURITY_SCAN = "security_scan";
  public static final String PERFORMANCE_BASELINE = "performance_baseline";
  public static final String COST_ANALYSIS = "cost_analysis";

  /** The gate names that need no explanation in the manifest, in their usual order. */
  public static final List<String> KNOWN =
      List.of(
          POLICY_COMPLIANCE, INTEGRATION_TESTS, SECURITY_SCAN, PERFORMANCE_BASELINE, COST_ANALYSIS);

  /** The built-in gates that no release has yet. */
  static final Set<String> NOT_YET = Set.of(PERFORMANCE_BASELINE, COST_ANALYSIS);

  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);

  private static final Set<String> BUILT_INS =
      Set.of(POLICY_COMPLIANCE, SECURITY_SCAN, PERFORMANCE_BASELINE, COST_ANALYSIS);

  public Gate {
    command = List.copyOf(command);
    environments = List.copyOf(environments);
    env = Ordered.map(env);
    rules = List.copyOf(rules);
  }

  /** A gate of which only the name is given. */
  public static Gate named(String name) {
    return new Gate(
        name,
        kindWithoutCommand(name),
        true,
        List.of(),
        DEFAULT_TIMEOUT,
        List.of(),
        Map.of(),
        null,
        0,
        Network.HOST,
        DryRun.SIMULATE,
        List.of(),
        Signers.NOBODY,
        null);
  }

  static Kind kindWithoutCommand(String name) {
    return BUILT_INS.contains(name) ? Kind.BUILT_IN : Kind.MISSING;
  }

  public boolean appliesTo(String environment) {
    return environments.isEmpty() || environments.contains(environment);
  }

  /** The rules that {@code policy_compliance} evaluates: its own, or the default ones. */
  public List<PolicyRule> effectiveRules() {
    return rules.isEmpty() && name.equals(POLICY_COMPLIANCE) ? PolicyRule.DEFAULTS : rules;
  }

  /** The gate's name for people: {@code Policy compliance check}. */
  public String displayName() {
    return switch (name) {
      case POLICY_COMPLIANCE -> "Policy compliance check";
      case INTEGRATION_TESTS -> "Integration tests";
      case SECURITY_SCAN -> "Security scan";
      case PERFORMANCE_BASELINE -> "Performance baseline";
      case COST_ANALYSIS -> "Cost analysis";
      default -> words();
    };
  }

  private String words() {
    String spaced = name.replaceAll("[_-]+", " ").strip();
    return spaced.isEmpty() ? name : Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
  }

  /**
   * {@code sha256:…} over everything that says what the gate does, its command included: two
   * manifests agree on a gate exactly if this agrees. Whether it is enabled is no part of it.
   */
  public String definitionHash() {
    return Objects.requireNonNullElseGet(
        recordedHash, () -> Digest.sha256(Json.write(definition())).toString());
  }

  private Map<String, Object> definition() {
    Map<String, Object> tree = new LinkedHashMap<>(ManifestTree.gateSettings(this));
    tree.put("command", command);
    Map<String, Object> variables = new LinkedHashMap<>();
    env.forEach((variable, value) -> variables.put(variable, value.redacted()));
    tree.put("env", variables);
    return tree;
  }

  /** Whether it is no more than what the log holds of it: its command is known by a hash. */
  public boolean isShown() {
    return recordedHash != null;
  }

  /** Whether it is the same gate, enabled or not. */
  public boolean isSameAs(Gate other) {
    return asEnabled().equals(other.asEnabled());
  }

  Gate asEnabled() {
    return new Gate(
        name,
        kind,
        true,
        command,
        timeout,
        environments,
        env,
        workingDirectory,
        retries,
        network,
        dryRun,
        rules,
        signers,
        recordedHash);
  }
}
