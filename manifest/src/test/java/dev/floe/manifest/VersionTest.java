package dev.floe.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.kernel.Requirement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Requirement("333.1")
class VersionTest {

  private static final List<String> ENVIRONMENTS = List.of("dev", "staging", "eu-staging", "prod");

  @Test
  void the_precedence_of_semver_orders_versions() {
    List<Version> ordered =
        List.of(
                "v0.9.9",
                "v1.0.0-1",
                "v1.0.0-9",
                "v1.0.0-10",
                "v1.0.0-99999999999999999999",
                "v1.0.0-alpha",
                "v1.0.0-alpha.1",
                "v1.0.0-alpha.beta",
                "v1.0.0-beta",
                "v1.0.0-beta.2",
                "v1.0.0-beta.11",
                "v1.0.0-rc.1",
                "v1.0.0",
                "v1.0.1",
                "v1.2.0",
                "v1.10.0",
                "v2.0.0")
            .stream()
            .map(Version::parse)
            .toList();
    List<Version> shuffled = new ArrayList<>(ordered);
    Collections.reverse(shuffled);

    Collections.sort(shuffled);

    assertThat(shuffled).isEqualTo(ordered);
  }

  @Test
  void a_version_prints_as_it_was_written() {
    assertThat(Version.parse("v1.2.3-rc1.x-y")).hasToString("v1.2.3-rc1.x-y");
  }

  @Test
  @Requirement("333.2")
  void a_wrong_version_is_refused_with_position_and_example() {
    assertThatThrownBy(() -> Version.parse("v1.02.3"))
        .isInstanceOf(InvalidWord.class)
        .hasMessage(
            "\"v1.02.3\" is not a valid version: the minor version has a leading zero at position 4;"
                + " for example v1.2.3 or v1.2.3-rc1");
  }

  @ParameterizedTest
  @Requirement("333.2")
  @CsvSource({
    "1.2.3, 1",
    "'', 1",
    "v1, 3",
    "v1.2, 5",
    "v1.2.3.4, 7",
    "v1.2.3-, 8",
    "v1.2.3-rc..1, 11",
    "v1.2.3-01, 8",
    "v1.2.3+build, 7",
    "v1.2.x, 6",
    "V1.2.3, 1",
    "'v1.2.3 ', 7",
    "v1234567890123456789.0.0, 2"
  })
  void every_wrong_version_names_its_first_wrong_character(String text, int position) {
    assertThatThrownBy(() -> Version.parse(text))
        .isInstanceOfSatisfying(
            InvalidWord.class, e -> assertThat(e.position()).isEqualTo(position));
  }

  @Test
  @Requirement("327.1")
  void a_version_leaves_room_for_an_environment_in_a_tag() {
    String longest = "v1.2.3-" + "a".repeat(Version.MAX_LENGTH - 7);

    assertThat(longest + "-" + "e".repeat(32)).hasSize(128);
    assertThat(Version.parse(longest)).hasToString(longest);
    assertThatThrownBy(() -> Version.parse(longest + "a")).hasMessageContaining("longer than 95");
  }

  @ParameterizedTest
  @Requirement({"326.2", "327.1"})
  @CsvSource({
    "v1.2.3-dev, v1.2.3, dev",
    "v1.2.3-rc1-staging, v1.2.3-rc1, staging",
    "v1.2.3-eu-staging, v1.2.3, eu-staging",
    "v1.2.3-rc1, v1.2.3-rc1,",
    "v1.2.3-qa, v1.2.3-qa,",
    "v1.2.3-mydev, v1.2.3-mydev,"
  })
  void a_suffix_is_stripped_only_if_it_names_an_environment(
      String text, String version, String environment) {
    VersionRef ref = VersionRef.parse(text, ENVIRONMENTS);

    assertThat(ref).isEqualTo(new VersionRef(Version.parse(version), environment));
    assertThat(ref).hasToString(text);
  }

  @Test
  @Requirement("327.1")
  void what_remains_may_not_end_in_an_environment_again() {
    assertThatThrownBy(() -> VersionRef.parse("v1.2.3-staging-dev", ENVIRONMENTS))
        .isInstanceOf(InvalidWord.class)
        .hasMessageContaining("\"v1.2.3-staging\" would itself end in the environment \"staging\"")
        .hasMessageContaining("position 8")
        .hasMessageContaining("v1.2.3-dev");
  }
}
