package dev.floe.local;

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

  /** Gates do what the version's prerelease says: fail, take two seconds, hang. */
  private static final String GATES =
      """
      promotion:
        path: dev → staging → prod
        validation_gates:
          - policy_compliance
          - name: behaviour
            command: [sh, -c, 'case "$FLOE_VERSION" in *-fails) echo broken on purpose; exit 3;; *-slow) exec sleep 2;; esac']
          - name: patience
            command: [sh, -c, 'case "$FLOE_VERSION" in *-hangs) exec sleep 600;; esac']
            timeout: 2s
          - name: later
            command: ["true"]
      """;

  private static final String ARTIFACTS =
      """
      artifact: [floe-platform, self, unasked, gated, hanging, skipping, racing, twice, unknown,
        unreachable, strange, elsewhere, docker, stumbling, broken, taken]
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

  static String at(String dev, String staging, String prod) {
    String environments =
        ENVIRONMENTS.replace("DEV", dev).replace("STAGING", staging).replace("PROD", prod);
    return ARTIFACTS + environments + GATES;
  }
}
