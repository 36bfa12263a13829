package dev.floe.gate.adapter.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.gate.application.GateDefinitions.Defined;
import dev.floe.gate.domain.GateRef;
import dev.floe.manifest.Environment;
import dev.floe.manifest.Gate;
import dev.floe.manifest.ManifestParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestFolderTest {

  private static final String MANIFEST =
      """
      environments:
        dev: {registry: oci://old.example.com/dev}
        prod: {registry: oci://old.example.com/prod}
      promotion:
        path: dev → prod
        validation_gates: [policy_compliance]
      """;

  @TempDir private Path folder;
  private ManifestFolder manifests;
  private GateRef gate;

  @BeforeEach
  void keep_two_revisions_that_define_the_gate_alike() throws IOException {
    Files.writeString(folder.resolve("aaaa.yaml"), MANIFEST);
    Files.writeString(folder.resolve("bbbb.yaml"), MANIFEST.replace("old.", "new."));
    Map<Integer, String> revisions = Map.of(1, "aaaa", 2, "bbbb", 3, "cccc");
    manifests =
        new ManifestFolder(
            folder,
            revision -> Optional.ofNullable(revisions.get(revision)),
            () -> Optional.of("bbbb"));
    Gate defined =
        Objects.requireNonNull(ManifestParser.parse(MANIFEST, "m.yaml").manifest())
            .promotion()
            .validationGates()
            .getFirst();
    gate = new GateRef(defined.name(), defined.definitionHash());
  }

  @Test
  void each_revision_has_its_own_registries_whichever_was_asked_for_first() {
    assertThat(host(manifests.find(gate, 1))).isEqualTo("old.example.com");
    assertThat(host(manifests.find(gate, 2))).isEqualTo("new.example.com");
    assertThat(host(manifests.find(gate, 1))).isEqualTo("old.example.com");
  }

  @Test
  void a_revision_that_is_not_here_is_answered_from_one_that_defines_the_gate_alike() {
    assertThat(manifests.find(gate, 3)).isPresent();
    assertThat(manifests.find(gate, 4)).isPresent();
    assertThat(manifests.find(new GateRef(gate.name(), "0".repeat(64)), 2)).isEmpty();
  }

  @Test
  void the_manifest_in_force_is_told_by_its_hash() {
    assertThat(
            manifests.inForce().flatMap(m -> m.environment("prod")).flatMap(Environment::primary))
        .map(registry -> registry.url().host())
        .contains("new.example.com");
  }

  private static String host(Optional<Defined> found) {
    return found
        .flatMap(defined -> defined.manifest().environment("prod"))
        .flatMap(Environment::primary)
        .map(registry -> registry.url().host())
        .orElse("none");
  }
}
