package dev.floe.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

  @ParameterizedTest
  @Requirement("334.1")
  @CsvSource({
    "v*, v1.2.3, true",
    "v*, release-1, false",
    "release-*, release-1, true",
    "*-rc?, v1.2.3-rc1, true",
    "*-rc?, v1.2.3-rc10, false",
    "v1.*.0, v1.22.0, true",
    "v1.*.0, v1.22.1, false",
    "*a*b, xaxbxb, true",
    "v1.2.3, v1.2.3, true",
    "v1.2.3, v1.2.30, false",
    "*, anything, true"
  })
  void a_star_is_any_text_and_a_question_mark_one_character(
      String pattern, String text, boolean matches) {
    assertThat(Glob.matches(pattern, text)).isEqualTo(matches);
  }
}
