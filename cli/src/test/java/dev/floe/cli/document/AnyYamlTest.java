package dev.floe.cli.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnyYamlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no",
        "No",
        "NO",
        "yes",
        "on",
        "OFF",
        "y",
        "N",
        "true",
        "False",
        "null",
        "Null",
        "~",
        "1.0",
        "1",
        "010",
        "0x1F",
        "0o17",
        "0b1",
        "1_000",
        "12:30",
        "12:30:45",
        "1e3",
        ".5",
        ".inf",
        "-.INF",
        ".nan",
        "+1",
        "-1",
        "-",
        "2026-01-15",
        "2026-01-15T10:30:00Z",
        "=",
        "<<",
        "1."
      })
  void quotes_what_some_reader_takes_for_something_else(String text) {
    String yaml = Documents.yaml(new Doc(Map.of("reason", text, text, "as a key")));

    assertThat(yaml.lines())
        .anyMatch(line -> line.matches("reason: ['\"].*['\"]"))
        .anyMatch(line -> line.matches("['\"].*['\"]: as a key"));
    assertThat(Documents.parseYaml(yaml).members())
        .containsEntry("reason", text)
        .containsEntry(text, "as a key");
  }

  @Test
  void leaves_other_texts_and_all_types_as_they_are() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("version", "v1.2.3");
    members.put("digest", "sha256:0123");
    members.put("words", "say no more");
    members.put("empty", "");
    members.put("count", 3);
    members.put("share", new BigDecimal("0.25"));
    members.put("flag", true);
    members.put("none", null);
    members.put("list", Arrays.asList("no", null, 1, List.of()));

    assertThat(Documents.yaml(new Doc(members)))
        .isEqualTo(
            """
            version: v1.2.3
            digest: sha256:0123
            words: say no more
            empty: ''
            count: 3
            share: 0.25
            flag: true
            none: null
            list:
            - 'no'
            - null
            - 1
            - []\
            """);
  }

  @Test
  void keeps_lines_blanks_and_signs() {
    for (String text : List.of("a\nb", "  x  ", "a: b", "# no comment", "\u001b[1m", "größer 日本")) {
      String yaml = Documents.yaml(new Doc(Map.of("text", text)));

      assertThat(Documents.parseYaml(yaml).text("text")).isEqualTo(text);
    }
  }
}
