package dev.floe.local;

import java.nio.file.Path;

/** The manifests that tests apply; PORT stands for the running system's. */
final class Manifests {

  private static final String ENVIRONMENTS =
      """
      environments:
        dev: {registry: oci://DEV}
        staging: {registry: oci://STAGING}
        prod:
          registry: oci://PROD
          require_approval: true
          approval_teams: [platform-leads, security]
      teams:
        platform-leads: {members: [ada@acme.com, ben@acme.com]}
        security: {members: [cleo@acme.com]}
      """;

  /** Gates do what the version's prerelease says: fail, take two seconds, hang, be hostile. */
  private static final String GATES =
      """
      promotion:
        path: dev → staging → prod
        validation_gates:
          - policy_compliance
          - name: behaviour
            command: [sh, -c, 'case "$FLOE_VERSION" in *-fails) echo broken on purpose; exit 3;; *-slow) exec sleep 2;; esac']
          - name: manners
            command: [sh, -c, 'case "$FLOE_VERSION" in *-hostile) setsid sleep 781234 & head -c 200000000 /dev/zero | tr "\\0" x; echo "key is $KEY"; exit 7;; esac']
            env: {KEY: hunter2-for-the-gate}
          - name: patience
            command: [sh, -c, 'case "$FLOE_VERSION" in *-hangs) exec sleep 600;; esac']
            timeout: 2s
          - name: stubborn
            command: [sh, -c, 'case "$FLOE_VERSION" in *-stubborn) trap "" TERM INT; setsid sleep 781235 & sleep 781235 & sleep 781235;; esac']
          - name: later
            command: ["true"]
      """;

  private static final String ARTIFACTS =
      """
      artifact: [floe-platform, self, attested, unattested, unasked, gated, hanging, skipping, racing, twice, parted, flooded, unknown,
        unreachable, strange, elsewhere, docker, stumbling, broken, taken,
        lying, slow, hostile, doubled, single, lagging, meddled, ungiven, watched, leaving, signing, exported, carried,
        fuzzed, cancelled]
      """;

  private static final String DEV = "127.0.0.1:PORT/dev";
  private static final String STAGING = "127.0.0.1:PORT/staging";
  private static final String PROD = "127.0.0.1:PORT/prod";

  /** All three environments in the embedded registry. */
  static final String COURSE = at(DEV, STAGING, PROD);

  private Manifests() {}

  static String withStagingAt(String registry) {
    return at(DEV, registry, PROD);
  }

  /** With a second registry beside staging's. */
  static String withStagingIn(String primary, String secondary) {
    return COURSE.replace(
        "registry: oci://" + STAGING,
        "registries: {primary: oci://%s, secondary: oci://%s}".formatted(primary, secondary));
  }

  /** In which what enters staging has to be signed by the one who has the key. */
  static String signedBy(String pem) {
    return COURSE
        + "    - name: security_scan\n      environments: [staging]\n      keys:\n        - |\n"
        + pem.indent(10);
  }

  /** With a folder as staging, and another one beside the primary of prod. */
  static String withFolders(Path staging, Path spare) {
    return "drift: {every: 10s}\n"
        + COURSE
            .replace("oci://" + STAGING, "oci-layout:" + staging)
            .replace(
                "registry: oci://" + PROD,
                "registries: {primary: oci://%s, secondary: 'oci-layout:%s'}"
                    .formatted(PROD, spare));
  }

  /** Where versions come in a folder that somebody carried here. */
  static String fromFolder(Path staging) {
    return COURSE
        .replace("  dev: {registry: oci://" + DEV + "}\n", "")
        .replace("oci://" + STAGING, "oci-layout:" + staging)
        .replace("path: dev → staging", "path: staging");
  }

  static String at(String dev, String staging, String prod) {
    String environments =
        ENVIRONMENTS.replace("DEV", dev).replace("STAGING", staging).replace("PROD", prod);
    return ARTIFACTS + environments + GATES;
  }
}
