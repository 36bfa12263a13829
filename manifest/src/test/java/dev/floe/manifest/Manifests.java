package dev.floe.manifest;

import java.util.List;

/** Manifests for tests. */
final class Manifests {

  /** Three environments, two teams, a gate: what most tests start from. */
  static final String USUAL =
      """
      environments:
        dev: {registry: oci://a.example.com/floe}
        staging: {registry: oci://b.example.com/floe}
        prod:
          registry: oci://c.example.com/floe
          require_approval: true
          approval_teams: [leads, security]
      teams:
        leads: {members: [ada@acme.com, ben@acme.com]}
        security: {members: [cleo@acme.com]}
      promotion:
        path: dev → staging → prod
        validation_gates:
          - policy_compliance
          - {name: integration_tests, command: make test, timeout: 600s}
      """;

  private Manifests() {}

  static Manifest usual() {
    return of(USUAL);
  }

  static Manifest of(String yaml) {
    return ManifestParser.parse(yaml, "manifest.yaml").orThrow();
  }

  /** The usual manifest with one thing changed; the change must be there to be made. */
  static String changed(String from, String to) {
    if (!USUAL.contains(from)) {
      throw new IllegalArgumentException("no " + from + " to change");
    }
    return USUAL.replace(from, to);
  }

  /** What is wrong with a manifest; what is only not supported yet is {@link NotYetTest}'s. */
  static List<String> problems(String yaml) {
    return ManifestParser.parse(yaml, "m").problems().stream()
        .filter(problem -> !problem.isNotSupportedYet())
        .map(Problem::toString)
        .toList();
  }

  static List<String> errors(String yaml) {
    return ManifestParser.parse(yaml, "m").errors().stream().map(Problem::toString).toList();
  }

  static List<String> warnings(String yaml) {
    return ManifestParser.parse(yaml, "m").warnings().stream()
        .filter(problem -> !problem.isNotSupportedYet())
        .map(Problem::toString)
        .toList();
  }
}
