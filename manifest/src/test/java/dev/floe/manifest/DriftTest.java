package dev.floe.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How often registries are compared with the log. */
@Requirement({"326.5", "330.8"})
class DriftTest {

  @Test
  void it_is_ten_minutes_unless_the_manifest_says_otherwise() {
    assertThat(Manifests.usual().drift().every()).isEqualTo(Duration.ofMinutes(10));
    assertThat(every("10s")).isEqualTo(Duration.ofSeconds(10));
    assertThat(every("PT1H30M")).isEqualTo(Duration.ofMinutes(90));
    assertThat(every("1d")).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void it_can_be_off() {
    assertThat(every("off")).isNull();
  }

  @Test
  void it_is_recorded_as_it_is() {
    for (String every : List.of("10s", "1h", "off")) {
      Manifest manifest = Manifests.of(with(every));
      Manifest recorded = Manifest.fromCanonicalJson(manifest.canonicalJson());
      assertThat(recorded.drift()).isEqualTo(manifest.drift());
    }
    String before =
        Manifests.usual().canonicalJson().replace(",\"drift\":{\"every\":\"PT10M\"}", "");
    assertThat(before).doesNotContain("drift");
    assertThat(Manifest.fromCanonicalJson(before).drift()).isEqualTo(Drift.DEFAULT);
  }

  @Test
  void it_does_not_count_among_the_rules_of_an_environment() {
    assertThat(Manifests.of(with("1h")).rulesHash("prod"))
        .isEqualTo(Manifests.usual().rulesHash("prod"));
  }

  @Test
  void nonsense_is_refused_with_its_place() {
    assertThat(errors("9s"))
        .containsExactly(
            "m:1:16: error: every must be at least 10s, found 9s"
                + " (write 10m, or off where only people should look)");
    assertThat(errors("0"))
        .containsExactly(
            "m:1:16: error: every: 0 is no length of time (write 300s, 10m, 2h or PT5M)");
    assertThat(errors("never")).singleElement().asString().startsWith("m:1:16: error: every:");
    assertThat(errors("0s")).singleElement().asString().contains("longer than nothing");
    assertThat(errors("P1M")).singleElement().asString().contains("months");
    assertThat(errors("[1]")).singleElement().asString().contains("expected a text");
    assertThat(Manifests.errors("drift: {often: 10m}\n" + Manifests.USUAL))
        .singleElement()
        .asString()
        .contains("unknown key often in drift");
  }

  private static List<String> errors(String every) {
    return Manifests.errors(with(every));
  }

  private static @Nullable Duration every(String text) {
    return Manifests.of(with(text)).drift().every();
  }

  private static String with(String every) {
    return "drift: {every: %s}\n".formatted(every) + Manifests.USUAL;
  }
}
