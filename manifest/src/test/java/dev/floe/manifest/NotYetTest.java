package dev.floe.manifest;

import static dev.floe.manifest.Manifests.USUAL;
import static dev.floe.manifest.Manifests.changed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Settings that nothing acts on yet are said to be so, and are not applied. */
@Requirement("D.5")
class NotYetTest {

  private static final Map<NotYet, String> EXAMPLES =
      Map.ofEntries(
          Map.entry(
              NotYet.FREEZE,
              changed(
                  "dev: {registry: oci://a.example.com/floe}",
                  "dev: {registry: oci://a.example.com/floe, freeze: [{from:"
                      + " 2026-12-20T00:00:00Z, to: 2027-01-02T00:00:00Z}]}")),
          Map.entry(
              NotYet.OIDC, more("auth: {oidc: {issuer: https://id.acme.com, audience: floe}}")),
          Map.entry(NotYet.SERVICE_KEY, more("auth: {service_key: file:/run/secrets/key}")),
          Map.entry(NotYet.ROLLBACK, USUAL + "  rollback: {auto_rollback_on_failure: true}\n"),
          Map.entry(
              NotYet.POLICIES,
              USUAL
                  + "  policies: [{name: auto, from_env: dev, to_env: staging,"
                  + " conditions: [all_tests_pass: true]}]\n"),
          Map.entry(
              NotYet.DRY_RUN, changed("command: make test", "command: make test, dry_run: run")),
          Map.entry(NotYet.RETENTION, more("artifacts: {retention: {delete_schedule: daily}}")),
          Map.entry(NotYet.LIFECYCLE, more("artifacts: {lifecycle: {block_eol: true}}")),
          Map.entry(
              NotYet.NOTIFICATIONS,
              more("notifications: {channels: {webhooks: {url: https://hooks.acme.com}}}")),
          Map.entry(NotYet.USAGE, more("usage: {openlineage: {kafka_topic: lineage}}")),
          Map.entry(NotYet.COSTS, more("costs: {storage_per_gb_month: 0.10}")),
          Map.entry(NotYet.ALERTS, more("audit: {alerts: [override_used]}")));

  private static String more(String section) {
    return section + "\n" + USUAL;
  }

  private static Parsed parsed(NotYet row) {
    return ManifestParser.parse(EXAMPLES.getOrDefault(row, ""), "m");
  }

  @ParameterizedTest
  @EnumSource(NotYet.class)
  void such_a_setting_is_a_warning_that_names_it_with_its_place(NotYet row) {
    assertThat(parsed(row).errors()).isEmpty();
    assertThat(parsed(row).problems().stream().filter(Problem::isNotSupportedYet))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.severity()).isEqualTo(Problem.Severity.WARNING);
              assertThat(problem.message()).isEqualTo(row.path() + " is not supported yet");
              assertThat(problem.code()).isEqualTo("not-supported-yet");
              assertThat(problem.line()).isPositive();
            });
  }

  @ParameterizedTest
  @EnumSource(NotYet.class)
  void a_manifest_that_has_one_is_valid_but_not_for_use(NotYet row) {
    assertThat(parsed(row).ok()).isTrue();

    Parsed used = parsed(row).forUse();

    assertThat(used.ok()).isFalse();
    assertThat(used.errors()).singleElement().matches(Problem::isNotSupportedYet);
  }

  @ParameterizedTest
  @EnumSource(NotYet.class)
  void the_log_s_own_form_is_not_asked(NotYet row) {
    String recorded = parsed(row).orThrow().canonicalJson();

    assertThat(ManifestParser.parseRecorded(recorded).problems())
        .noneMatch(Problem::isNotSupportedYet);
  }

  @Test
  void a_manifest_without_any_is_for_use_as_it_is() {
    Parsed usual = ManifestParser.parse(USUAL, "m");

    assertThat(usual.forUse()).isEqualTo(usual);
    assertThat(usual.ok()).isTrue();
  }

  @Test
  void the_sample_is_for_use() {
    assertThat(ManifestParser.parse(SampleManifest.yaml(8080), "sample").forUse().ok()).isTrue();
  }

  @Test
  void a_value_that_does_nothing_special_is_supported() {
    String simulated = changed("command: make test", "command: make test, dry_run: simulate");

    assertThat(ManifestParser.parse(simulated, "m").forUse().ok()).isTrue();
  }

  @Test
  void a_gate_that_is_built_in_only_by_name_needs_a_command_or_to_be_off() {
    String gates = "validation_gates:\n    - policy_compliance";

    assertThat(unsupported(changed(gates, gates + "\n    - cost_analysis")))
        .containsExactly("15:7 the gate cost_analysis without a command is not supported yet");
    assertThat(unsupported(changed(gates, gates + "\n    - {name: cost_analysis, enabled: false}")))
        .isEmpty();
    assertThat(
            unsupported(changed(gates, gates + "\n    - {name: cost_analysis, command: ./cost}")))
        .isEmpty();
  }

  private static List<String> unsupported(String yaml) {
    return ManifestParser.parse(yaml, "m").problems().stream()
        .filter(Problem::isNotSupportedYet)
        .map(problem -> "%d:%d %s".formatted(problem.line(), problem.column(), problem.message()))
        .toList();
  }

  @Test
  void the_reference_page_lists_exactly_these() throws IOException {
    List<String> listed =
        Files.readAllLines(Path.of("../docs/manifest.md")).stream()
            .dropWhile(line -> !line.equals("## Not supported yet"))
            .skip(1)
            .takeWhile(line -> !line.startsWith("## "))
            .filter(line -> line.startsWith("- `"))
            .map(line -> line.substring(3, line.lastIndexOf('`')))
            .toList();

    assertThat(listed)
        .containsExactlyElementsOf(Arrays.stream(NotYet.values()).map(NotYet::path).toList());
  }
}
