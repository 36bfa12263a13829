package dev.floe.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class NameTest {

  /**
   * NUL, escape, a line break, zero width, bidi override and isolate, half a pair, no character.
   */
  private static final List<String> HOSTILE =
      List.of("\0", "\u001b", "\n", "\u200b", "\u202e", "\u2066", "\ud800", "\udc00", "\ufffe");

  @ParameterizedTest
  @EnumSource(Name.class)
  void no_name_is_empty_too_long_or_has_a_hidden_character(Name name) {
    assertThat(name.fits("")).isFalse();
    assertThat(name.fits(" ")).isFalse();
    assertThat(name.fits("a".repeat(name.longest()))).isTrue();
    assertThat(name.fits("a".repeat(name.longest() + 1))).isFalse();
    for (String hostile : HOSTILE) {
      assertThat(name.fits("a" + hostile + "b"))
          .as("%s, U+%04X", name, (int) hostile.charAt(0))
          .isFalse();
      assertThat(name.fits(hostile)).isFalse();
    }
  }

  @Test
  void what_is_well_formed_may_be_unknown() {
    assertThat(Name.ENVIRONMENT.checked("quality")).isEqualTo("quality");
    assertThat(Name.ID.checked("req-none")).isEqualTo("req-none");
    assertThat(Name.VERSION.checked("1.2")).isEqualTo("1.2");
    assertThat(Name.USER.fits("Ødegård Ågot <o@acme.com>")).isTrue();
    assertThat(Name.ARTIFACT.fits("floe--platform")).isTrue();
    assertThat(Name.ARTIFACT.fits("-floe")).isFalse();
    assertThat(Name.ENVIRONMENT.fits("a/b")).isFalse();
  }

  @Test
  void a_wrong_name_is_told_with_its_place_and_an_example_in_one_short_line() {
    assertThatThrownBy(() -> Name.ENVIRONMENT.checked("sta\0ging"))
        .isInstanceOf(InvalidWord.class)
        .hasMessage(
            "\"sta�ging\" is not a valid environment: unexpected character at position 4;"
                + " for example staging");
    assertThatThrownBy(() -> Name.VERSION.checked("v".repeat(500_000)))
        .isInstanceOfSatisfying(
            InvalidWord.class,
            wrong -> assertThat(wrong.code()).isEqualTo(ProblemCode.INVALID_VERSION))
        .hasMessageContaining("longer than 128 characters")
        .message()
        .hasSizeLessThan(300);
  }

  @Test
  void of_a_list_each_is_checked_and_their_number() {
    assertThatThrownBy(() -> Name.REGISTRY.check(List.of("primary", ""), 3))
        .isInstanceOf(InvalidWord.class);
    assertThatThrownBy(() -> Name.REGISTRY.check(Collections.nCopies(4, "primary"), 3))
        .hasMessageContaining("more than 3");
  }

  static Stream<String> wrongWords() {
    return Stream.of("x".repeat(1 << 20), "\0\u202e\ud800".repeat(400_000));
  }

  @ParameterizedTest
  @MethodSource("wrongWords")
  void whatever_is_refused_as_a_word_is_quoted_by_its_beginning_alone(String wrong) {
    for (var parse :
        List.<java.util.function.Consumer<String>>of(
            Version::parse, Constraint::parse, Digest::parse, RegistryUrl::parse)) {
      assertThatThrownBy(() -> parse.accept(wrong))
          .isInstanceOf(InvalidWord.class)
          .satisfies(
              refused ->
                  assertThat(String.valueOf(refused.getMessage()))
                      .hasSizeLessThan(400)
                      .doesNotContain("\0", "\u202e", "\ud800"));
    }
  }
}
