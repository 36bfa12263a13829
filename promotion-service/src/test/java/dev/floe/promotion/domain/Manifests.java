package dev.floe.promotion.domain;

import dev.floe.manifest.Manifest;
import dev.floe.manifest.ManifestParser;

/** The manifests that the tests play under. */
final class Manifests {

  static final String ARTIFACT = "floe-platform";

  /** Three environments; a gate before each step; prod takes two teams. */
  static final String THREE_STEPS =
      """
      artifact: floe-platform
      environments:
        dev:
          registry: oci://127.0.0.1:5000/dev
        staging:
          registry: oci://127.0.0.1:5000/staging
        prod:
          registry: oci://127.0.0.1:5000/prod
          require_approval: true
          approval_teams: [platform-leads, security]
      teams:
        platform-leads: {members: [ada@acme.com, ben@acme.com]}
        security: {members: [cleo@acme.com]}
      promotion:
        path: dev → staging → prod
        validation_gates:
          - name: policy_compliance
            timeout: 60s
          - name: scan
            command: [scan, <artifact>]
            timeout: 120s
            retries: 1
      """;

  private Manifests() {}

  static Manifest parse(String yaml) {
    return ManifestParser.parse(yaml, "manifest.yaml").orThrow();
  }

  static Manifest threeSteps() {
    return parse(THREE_STEPS);
  }

  /** The same without any gate. */
  static Manifest withoutGates() {
    return parse(THREE_STEPS.substring(0, THREE_STEPS.indexOf("  validation_gates:")));
  }

  /** The same, and prod is checked once more after its tags moved. */
  static Manifest withPostValidation() {
    return parse(
        THREE_STEPS.replace(
            "    approval_teams: [platform-leads, security]\n",
            """
                approval_teams: [platform-leads, security]
                post_validation:
                  - name: smoke_test
                    command: [smoke]
                    timeout: 30s
            """));
  }

  /** Like {@link #THREE_STEPS}, with one line changed. */
  static Manifest with(String line, String instead) {
    if (!THREE_STEPS.contains(line)) {
      throw new IllegalArgumentException("no such line: " + line);
    }
    return parse(THREE_STEPS.replace(line, instead));
  }
}
