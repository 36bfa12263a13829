package dev.floe.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamedFilesTest {

  @Test
  void every_file_that_a_manifest_names_is_found_whatever_it_is_for() {
    Manifest manifest =
        ManifestParser.parse(
                """
                environments:
                  dev:
                    registries:
                      primary:
                        url: oci://a.example.com/dev
                        credentials: file:/k/credentials
                        ca: file:/k/ca.pem
                        client_certificate: file:/k/client.pem
                        client_key: file:/k/client.key
                  prod:
                    registry: oci://a.example.com/prod
                    post_validation:
                      - {name: smoke, command: "true", env: {TOKEN: 'file:/k/smoke'}}
                auth:
                  command_signers: [{name: ci, jwks: 'file:ci-jwks.json', may: [promote]}]
                  service_key: file:/k/service
                promotion:
                  path: dev → prod
                  attestation: {key: 'file:/k/signing', verifier_id: 'https://floe.example.com'}
                  validation_gates:
                    - name: security_scan
                      keys: [file:/k/cosign.pub]
                      keyless: {trusted_root: file:/k/root.json, issuer: i, identity: a}
                    - {name: scan, command: "true", enabled: false, env: {A: 'FILE:/k/a', B: env:B, C: plain}}
                """,
                "m.yaml")
            .orThrow();

    assertThat(manifest.files())
        .containsExactlyInAnyOrder(
            "/k/credentials",
            "/k/ca.pem",
            "/k/client.pem",
            "/k/client.key",
            "/k/smoke",
            "ci-jwks.json",
            "/k/service",
            "/k/signing",
            "/k/cosign.pub",
            "/k/root.json",
            "/k/a");
  }
}
