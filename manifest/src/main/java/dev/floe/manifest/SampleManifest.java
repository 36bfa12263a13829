package dev.floe.manifest;

/** The manifest to start from: three environments on the embedded registry. */
public final class SampleManifest {

  private static final String YAML =
      """
      # What moves: the name of the artifact, the last part of its repository.
      artifact: floe-platform

      # Where it moves: each environment has a registry of its own. Here all three are namespaces
      # of the registry that comes with `floe up`.
      environments:
        dev:
          registry: oci://127.0.0.1:PORT/dev
        staging:
          registry: oci://127.0.0.1:PORT/staging
        prod:
          registry: oci://127.0.0.1:PORT/prod
          # Both teams must approve, one person each; nobody approves their own request.
          require_approval: true
          approval_teams: [platform-leads, security]
          approval_timeout_days: 7

      # Who decides.
      teams:
        platform-leads:
          members: [ada@acme.com, ben@acme.com]
        security:
          members: [cleo@acme.com]

      # How it moves: one step at a time, through every gate.
      promotion:
        path: dev → staging → prod
        validation_gates:
          - name: policy_compliance
            timeout: 300s
      """;

  private SampleManifest() {}

  /** The sample for a system that listens on the port of the loopback address. */
  public static String yaml(int port) {
    return YAML.replace("PORT", Integer.toString(port));
  }
}
