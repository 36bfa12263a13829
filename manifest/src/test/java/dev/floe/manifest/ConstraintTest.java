package dev.floe.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.kernel.Requirement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Requirement("333.1")
class ConstraintTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v1.2.3             | v1.2.3                      | v1.2.4 v1.2.3-rc1",
        "v1.2.3-rc1         | v1.2.3-rc1                  | v1.2.3 v1.2.3-rc2",
        "v1.2.*             | v1.2.0 v1.2.99              | v1.3.0 v1.1.9 v1.2.3-rc1 v1.3.0-rc1",
        "v1.*.*             | v1.0.0 v1.99.9              | v2.0.0 v0.9.9 v1.2.0-rc1 v2.0.0-rc1",
        "latest             | v1.0.0 v99.0.0              | v99.0.1-rc1",
        ">=v1.0.0,<v2.0.0   | v1.0.0 v1.9.9               | v2.0.0 v0.9.9 v1.5.0-rc1 v2.0.0-rc1",
        ">=v1.2.3-rc1       | v1.2.3-rc1 v1.2.3-rc2 v9.0.0 | v1.2.3-beta v1.2.4-rc1",
        ">v1.0.0, <=v1.1.0  | v1.0.1 v1.1.0               | v1.0.0 v1.1.1",
        "=v1.0.0            | v1.0.0                      | v1.0.1",
      })
  void a_constraint_takes_these_and_leaves_those(String text, String taken, String left) {
    Constraint constraint = Constraint.parse(text);

    assertThat(versions(taken)).isNotEmpty().allMatch(constraint::matches);
    assertThat(versions(left)).isNotEmpty().noneMatch(constraint::matches);
    assertThat(constraint).hasToString(text);
  }

  @ParameterizedTest
  @Requirement("333.2")
  @CsvSource(
      delimiter = '|',
      value = {
        "1.2.*             | 1  | expected >=, <=, >, <, = or a version",
        "v1.*.3            | 6  | a number cannot follow an open minor version",
        "v1.*              | 5  | expected .* (v1.*.*)",
        "v*.*.*            | 2  | the major version cannot be open",
        "v1.2.*-rc1        | 7  | unexpected character",
        "newest            | 1  | expected >=",
        ">=v1.0            | 7  | expected . and the patch version",
        ">=v1.0.0,         | 10 | expected >=",
        ">=v1.0.0 <v2.0.0  | 10 | unexpected character",
        ">=v2.0.0,<v1.0.0  | 11 | no version is both >=v2.0.0 and <v1.0.0",
        ">v1.0.0,<=v1.0.0  | 11 | no version is both",
        "v1.2.3+x          | 7  | build metadata",
        ">=v1.2.3+x        | 9  | build metadata",
      })
  void a_wrong_constraint_is_refused_with_position_and_example(
      String text, int position, String why) {
    assertThatThrownBy(() -> Constraint.parse(text))
        .isInstanceOfSatisfying(
            InvalidWord.class, e -> assertThat(e.position()).isEqualTo(position))
        .hasMessageContaining(why)
        .hasMessageContaining("v1.2.*, v1.*.*, latest, >=v1.0.0,<v2.0.0");
  }

  @Test
  void the_newest_matching_version_is_found() {
    assertThat(Constraint.parse("v1.2.*").newest(versions("v1.2.3 v1.2.10 v1.2.9 v1.3.0")))
        .hasValue(Version.parse("v1.2.10"));
    assertThat(Constraint.parse("v4.0.*").newest(versions("v1.2.3"))).isEmpty();
  }

  private static List<Version> versions(String words) {
    return Stream.of(words.split(" ", -1)).map(Version::parse).toList();
  }
}
