package dev.floe.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.kernel.Requirement;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@Requirement("326.5")
class CanonicalJsonTest {

  private static final String SECRETS =
      """
      environments:
        dev: {}
        prod:
          registry: {url: oci://a.example.com/x, credentials: env:REGISTRY}
          post_validation: [{name: smoke, command: run --key=c0mmand-secret}]
      promotion:
        validation_gates:
          - {name: e2e, command: [make, c0mmand-secret], env: {TOKEN: env-v4lue, REF: env:E2E}}
      notifications:
        channels:
          email: {smtp_server: s.example.com, from: f@example.com, password: sm7p-password}
          slack: {webhook_url: https://hooks.example.com/sl4ck, bot_token: b0t, signing_secret: s1gn}
          webhooks: {url: https://receiver.example.com/wh00k, secret: whs3c}
      """;

  private static Manifest seed() throws IOException {
    return Manifests.of(Files.readString(Path.of("../spec/examples/seed.yaml")));
  }

  @Test
  void keys_are_sorted_and_nothing_is_spaced() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("b", List.of(1, true, new BigDecimal("0.10")));
    tree.put("a", Map.of("\"\\\n\u0001\u007f", "→ é 😀"));

    assertThat(Json.write(tree))
        .isEqualTo("{\"a\":{\"\\\"\\\\\\n\\u0001\\u007f\":\"→ é 😀\"},\"b\":[1,true,0.1]}");
  }

  @Test
  void layout_comments_and_order_of_keys_do_not_change_it() {
    String other =
        """
        # the same, written differently
        promotion: {validation_gates: [{timeout: 10m, command: [make, test], name: integration_tests}],
          path: [dev, prod]}
        environments: {prod: {registries: {primary: {url: oci://b/x}}}, dev: {registry: oci://a/x}}
        """;
    String one =
        """
        artifact: floe-platform
        environments:
          dev: {registry: oci://a/x}
          prod: {registry: oci://b/x, approval_timeout_days: 7}
        promotion:
          path: dev → prod
          validation_gates: [{name: integration_tests, command: make test, timeout: 600s}]
        """;

    assertThat(Manifests.of(other).canonicalJson()).isEqualTo(Manifests.of(one).canonicalJson());
    assertThat(Manifests.of(other).sha256()).matches("sha256:[0-9a-f]{64}");
  }

  @Test
  @Requirement({"335.5", "328.3"})
  void no_secret_and_no_command_is_in_it() {
    String json = Manifests.of(SECRETS).canonicalJson();

    assertThat(json)
        .doesNotContain(
            "c0mmand-secret",
            "env-v4lue",
            "sm7p-password",
            "sl4ck",
            "b0t",
            "s1gn",
            "wh00k",
            "whs3c");
    assertThat(json)
        .contains("\"credentials\":\"env:REGISTRY\"")
        .contains("\"password\":\"" + Digest.sha256("sm7p-password") + "\"")
        .contains("\"definition\":\"sha256:");
  }

  @Test
  void what_is_read_back_decides_and_writes_alike() throws IOException {
    for (Manifest manifest : List.of(seed(), Manifests.of(SECRETS), Manifests.usual())) {
      String json = manifest.canonicalJson();

      Manifest back = Manifest.fromCanonicalJson(json);

      assertThat(back.canonicalJson()).isEqualTo(json);
      assertThat(back.path()).isEqualTo(manifest.path());
      assertThat(back.teams()).isEqualTo(manifest.teams());
      assertThat(back.access()).isEqualTo(manifest.access());
      assertThat(back.retention()).isEqualTo(manifest.retention());
      assertThat(back.lifecycle()).isEqualTo(manifest.lifecycle());
      assertThat(back.promotion().policies()).isEqualTo(manifest.promotion().policies());
      assertThat(back.audit()).isEqualTo(manifest.audit());
      for (String environment : manifest.path()) {
        assertThat(back.rulesHash(environment)).isEqualTo(manifest.rulesHash(environment));
      }
    }
  }

  @Test
  @Requirement("328.2")
  void a_gate_read_back_has_its_hash_and_settings_but_no_command() {
    Gate gate = Manifests.usual().gate("integration_tests").orElseThrow();

    Gate back =
        Manifest.fromCanonicalJson(Manifests.usual().canonicalJson())
            .gate("integration_tests")
            .orElseThrow();

    assertThat(back.definitionHash()).isEqualTo(gate.definitionHash());
    assertThat(back.command()).isEmpty();
    assertThat(back.kind()).isEqualTo(Gate.Kind.COMMAND);
    assertThat(back.timeout()).isEqualTo(gate.timeout());
    assertThat(back.enabled()).isTrue();
  }

  @Test
  void strange_texts_survive() {
    String strange = "\"tab\\t quote\\\" back\\\\ nul\\0 del\\x7f ls\\u2028 é → 😀 #\"";
    Manifest manifest =
        Manifests.of(
            Manifests.USUAL.replace(
                "- policy_compliance",
                "- {name: policy_compliance, rules: [{name: x, expr: %s}]}".formatted(strange)));

    Manifest back = Manifest.fromCanonicalJson(manifest.canonicalJson());

    assertThat(back.gate("policy_compliance").orElseThrow().rules())
        .isEqualTo(manifest.gate("policy_compliance").orElseThrow().rules());
    assertThat(back.gate("policy_compliance").orElseThrow().rules().getFirst().expr())
        .contains("\0", "\u007f", "\u2028", "😀");
  }

  @Test
  void keys_of_a_later_release_are_passed_over() {
    String json = Manifests.usual().canonicalJson();
    String later =
        json.replaceFirst("\\{", "{\"a_new_section\":{\"x\":1},")
            .replaceFirst("\"fail_fast\":", "\"a_new_key\":[],\"fail_fast\":");

    assertThat(Manifest.fromCanonicalJson(later).canonicalJson()).isEqualTo(json);
  }

  @Test
  void what_is_no_recorded_manifest_is_refused() {
    assertThatThrownBy(() -> Manifest.fromCanonicalJson("{\"environments\":3}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("environments must be a mapping");
  }
}
