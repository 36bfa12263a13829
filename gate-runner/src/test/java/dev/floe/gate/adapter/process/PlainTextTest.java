package dev.floe.gate.adapter.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Requirement("328.3")
class PlainTextTest {

  static String[][] texts() {
    return new String[][] {
      {"plain äöü ✓ 日本 😀\tx\n", "plain äöü ✓ 日本 😀\tx\n"},
      {"\u001b[1;31mred\u001b[0m", "red"},
      {"\u001b]0;title\u0007after", "after"},
      {"\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\", "link"},
      {"\u001bP1$r\u001b\\after", "after"},
      {"\u001b(Bcharset\u001b7saved", "charsetsaved"},
      {"\u009b2Jc1", "c1"},
      {"10%\r50%\r\n100%", "10%\n50%\n100%"},
      {"a\u0000b\u0008c\u007fd\u0085e", "abcde"},
      {"user\u202egnp.exe\u200b", "usergnp.exe"},
      {"hun\u001b[0mter2", "hunter2"},
      {"hidden\udb40\udc41\udb40\udc42 words", "hidden words"},
      {"half\ud83d and \ude00half", "half and half"},
      {"half\ud83d\u001b[0mred", "halfred"},
      {"one\u2028two\u2029three", "one\ntwo\nthree"},
    };
  }

  @ParameterizedTest
  @MethodSource("texts")
  void what_only_a_terminal_understands_is_taken_out(String text, String shown) {
    assertThat(clean(text)).isEqualTo(shown);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void also_when_it_comes_character_by_character(String text, String shown) {
    PlainText plainText = new PlainText();
    StringBuilder to = new StringBuilder();
    text.chars().forEach(c -> plainText.clean(String.valueOf((char) c), to));

    assertThat(to).hasToString(shown);
  }

  @Test
  void a_sequence_without_an_end_does_not_swallow_the_rest() {
    assertThat(clean("\u001b]" + "x".repeat(5_000) + "\nend")).endsWith("x\nend");
  }

  private static String clean(String text) {
    StringBuilder to = new StringBuilder();
    new PlainText().clean(text, to);
    return to.toString();
  }
}
