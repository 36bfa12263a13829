package dev.floe.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the log holds of a manifest, and so what is shown of it, can be read as one again. */
class ShownManifestTest {

  private static final String COMMAND =
      """
      environments:
        dev: {}
        prod: {post_validation: [{name: smoke, command: run --fast}, e2e]}
      promotion:
        validation_gates: [{name: e2e, command: make test, env: {TOKEN: word}, timeout: 10m}]
      """;

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../spec/examples"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("(3[0-9]*|seed)\\.yaml"))
          .toList();
    }
  }

  private static String shown(String yaml) {
    return Manifests.of(yaml).canonicalJson();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void every_example_comes_back_unchanged(Path example) throws IOException {
    String yaml =
        Files.readString(example).replaceAll(": https://(hooks|webhook)[^\n]*", ": env:HOOK");
    String shown = shown(yaml);

    assertThat(ManifestParser.parse(shown, "shown.yaml").errors()).isEmpty();
    assertThat(shown(shown)).isEqualTo(shown);
  }

  @Test
  void what_works_is_not_refused_for_its_defaults() {
    String shown = shown(SampleManifest.yaml(8080));

    assertThat(ManifestParser.parse(shown, "shown.yaml").forUse().errors()).isEmpty();
  }

  @Test
  void a_command_is_known_by_its_hash_and_what_is_around_it_counts() {
    Manifest before = Manifests.of(COMMAND);
    Manifest recorded = Manifest.fromCanonicalJson(before.canonicalJson());
    Manifest again = Manifests.of(before.canonicalJson());
    Manifest slower = Manifests.of(before.canonicalJson().replace("PT10M", "PT20M"));

    assertThat(again.canonicalJson()).isEqualTo(before.canonicalJson());
    assertThat(again.gates())
        .hasSize(3)
        .allMatch(Gate::isShown)
        .allMatch(gate -> recorded.gates().anyMatch(gate::isSameAs));
    assertThat(slower.gates().filter(gate -> gate.name().equals("e2e")))
        .noneMatch(gate -> recorded.gates().anyMatch(gate::isSameAs));
  }

  @Test
  void a_built_in_gate_is_what_is_written_about_it() {
    String shown = shown("promotion: {validation_gates: [policy_compliance]}");
    String edited = shown.replace("PT5M", "PT6M");

    assertThat(Manifests.of(shown).gates()).noneMatch(Gate::isShown);
    assertThat(Manifests.of(edited).canonicalJson()).isNotEqualTo(edited).contains("PT6M");
  }

  @Test
  void a_definition_beside_a_command_and_a_fingerprint_for_a_secret_are_errors() {
    String hash = Manifests.of(COMMAND).gates().findFirst().orElseThrow().definitionHash();
    String both =
        "promotion: {validation_gates: [{name: x, command: y, kind: command, definition: '%s'}]}"
            .formatted(hash);
    String secret = "notifications: {channels: {slack: {webhook_url: '%s'}}}".formatted(hash);

    assertThat(ManifestParser.parse(both, "m").errors().toString())
        .contains("the command is given");
    assertThat(ManifestParser.parse(secret, "m").errors().toString()).contains("fingerprint");
  }
}
