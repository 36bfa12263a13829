package dev.floe.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FreeTextTest {

  @Test
  void stays_as_it_was_said_where_all_of_it_can_be_seen() {
    String said = "Fixes “a → b”, ünïcode & 🚀: see https://acme.com/x?y=%20";

    assertThat(FreeText.said("reason", said)).isEqualTo(said);
  }

  @Test
  void stands_on_one_line() {
    assertThat(FreeText.said("reason", "one\r\ntwo\n\tthree\u2028four\n"))
        .isEqualTo("one two  three four");
  }

  @Test
  void shows_what_cannot_be_seen() {
    String hostile = "a\0b\u001b[31mc\u202ed\u2066e\u200bf\ud800g\ufeffh\ufffe";

    assertThat(FreeText.said("reason", hostile)).isEqualTo("a�b�[31mc�d�e�f�g�h�");
  }

  @Test
  void is_refused_where_it_is_too_long_and_cut_where_a_machine_said_it() {
    String tooLong = "x".repeat(FreeText.LONGEST + 1);

    assertThatThrownBy(() -> FreeText.said("reason", tooLong))
        .isInstanceOf(InvalidWord.class)
        .hasMessageContaining("reason")
        .hasMessageContaining("2,000");
    assertThat(FreeText.told(tooLong)).hasSizeLessThan(2_100).endsWith("… (2,001 characters)");
    assertThat(FreeText.told("x".repeat(FreeText.LONGEST - 1) + "🚀"))
        .doesNotContain("\ud83d")
        .contains("… (2,001 characters)");
  }

  @Test
  void that_is_meant_is_not_empty() {
    assertThat(FreeText.said("reason", " \n")).isEmpty();
    assertThatThrownBy(() -> FreeText.meant("reason", " \n"))
        .isInstanceOf(InvalidWord.class)
        .hasMessageContaining("it is empty");
  }
}
