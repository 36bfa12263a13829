package dev.floe.oci.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  private static Json read(String text) {
    return Json.read(text.getBytes(UTF_8));
  }

  @Test
  void is_read_with_all_its_kinds() {
    Json json =
        read(" {\"a\":[1,-2.5e3,true,false,null],\"b\":{\"c\":\"x\\n\\u00e9\\\"\"},\"n\":12} ");

    assertThat(json.elements("a"))
        .containsExactly(
            new Json.Numeral("1"),
            new Json.Numeral("-2.5e3"),
            new Json.Flag(true),
            new Json.Flag(false),
            new Json.Nothing());
    assertThat(json.texts("b")).containsEntry("c", "x\né\"");
    assertThat(json.whole("n")).hasValue(12);
    assertThat(json.text("absent")).isEmpty();
  }

  @Test
  void counts_an_explicit_null_as_absent() {
    assertThat(read("{\"tags\":null}").elements("tags")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "01",
        "1 2",
        "\"\\x\"",
        "\"a",
        "nul",
        "{\"a\" 1}",
        "\"\t\"",
        "[1",
        "'a'",
        "+1",
        ".5",
        "\"\\u12g4\""
      })
  void that_is_malformed_is_refused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(JsonException.class);
  }

  @Test
  void with_a_name_twice_is_refused_because_readers_disagree() {
    assertThatThrownBy(() -> read("{\"layers\":[],\"layers\":[1]}"))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("\"layers\" stands twice");
  }

  @Test
  void that_is_nested_without_end_is_refused_before_the_stack_overflows() {
    assertThatThrownBy(() -> read("[".repeat(100_000)))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("nested deeper");
  }

  @Test
  void that_is_no_utf8_is_refused() {
    assertThatThrownBy(() -> Json.read(new byte[] {'"', (byte) 0xff, '"'}))
        .isInstanceOf(JsonException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"text|{\"text\":1}", "whole|{\"whole\":\"1\"}", "whole|{\"whole\":1.5}"})
  void with_a_member_of_another_kind_is_refused(String name, String text) {
    assertThatThrownBy(
            () -> {
              Object value = name.equals("text") ? read(text).text(name) : read(text).whole(name);
              throw new AssertionError("read as " + value);
            })
        .isInstanceOf(JsonException.class)
        .hasMessageContaining(name);
  }

  @Test
  void is_written_as_it_was_read() {
    String text = "{\"z\":[1.50,{\"q\":\"a\\\\b\\\"\\u0001é\"},[],{}],\"a\":null,\"t\":true}";

    assertThat(new String(JsonWriter.write(read(text)), UTF_8)).isEqualTo(text);
  }
}
