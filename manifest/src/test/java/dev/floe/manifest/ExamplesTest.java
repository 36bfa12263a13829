package dev.floe.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ExamplesTest {

  private static final Path SHIPPED = Path.of("../spec/examples");
  private static final Path SOURCE = Path.of("src/test/resources/source");
  private static final List<String> SOURCES =
      List.of("326", "328", "329", "331", "334", "336", "339", "340");

  static Stream<Path> manifests() {
    return Stream.concat(
        Stream.concat(
            IntStream.rangeClosed(326, 340)
                .filter(n -> n != 333)
                .mapToObj(n -> SHIPPED.resolve(n + ".yaml")),
            Stream.of(SHIPPED.resolve("seed.yaml"))),
        SOURCES.stream().map(name -> SOURCE.resolve(name + ".yaml")));
  }

  @ParameterizedTest
  @MethodSource("manifests")
  @Requirement({"326.1", "326.5", "328.1", "329.1", "331.4", "334.1", "336.1", "339.3", "340.1"})
  void every_example_is_valid_alone(Path file) throws IOException {
    Parsed parsed = ManifestParser.parse(Files.readString(file), file.toString());

    assertThat(parsed.errors()).isEmpty();
    Manifest manifest = parsed.orThrow();
    assertThat(Manifest.fromCanonicalJson(manifest.canonicalJson()).canonicalJson())
        .isEqualTo(manifest.canonicalJson());
  }

  @Test
  @Requirement("326.4")
  void staging_needs_no_approval_in_326_and_328() throws IOException {
    for (String name : List.of("326.yaml", "328.yaml")) {
      Manifest manifest = Manifests.of(Files.readString(SHIPPED.resolve(name)));

      assertThat(manifest.requireApproval("staging")).as(name).isFalse();
      assertThat(manifest.requireApproval("prod")).as(name).isTrue();
    }
  }

  @Test
  @Requirement("326.5")
  void the_seed_is_the_merge_of_the_source_s_examples() throws IOException {
    Map<String, Object> merged = new LinkedHashMap<>();
    for (String name : SOURCES) {
      merge(merged, load(SOURCE.resolve(name + ".yaml")));
    }

    assertThat(load(SHIPPED.resolve("seed.yaml"))).isEqualTo(merged);
  }

  @SuppressWarnings("unchecked")
  private static void merge(Map<String, Object> into, Map<String, Object> later) {
    later.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> map && into.get(key) instanceof Map<?, ?> earlier) {
            Map<String, Object> both = new LinkedHashMap<>((Map<String, Object>) earlier);
            merge(both, (Map<String, Object>) map);
            into.put(key, both);
          } else {
            into.put(key, value);
          }
        });
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> load(Path file) throws IOException {
    Object loaded = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    return (Map<String, Object>) loaded;
  }
}
