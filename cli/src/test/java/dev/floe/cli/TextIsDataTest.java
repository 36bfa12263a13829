package dev.floe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.cli.document.Doc;
import dev.floe.cli.document.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an option is given is text as it was written, whatever it looks like. */
class TextIsDataTest {

  private final FakeFloe floe =
      FakeFloe.start()
          .on("GET /api/v1/manifest", 404, "")
          .on("POST /api/v1/promotions", 202, "{\"id\":\"req-1\",\"state\":\"requested\"}");

  @AfterEach
  void stop() {
    floe.close();
  }

  private Doc promoted(String... words) throws IOException {
    return promoted(Cli.at(floe), words);
  }

  private Doc promoted(Cli cli, String... words) throws IOException {
    String[] all =
        Stream.concat(Stream.of("platform", "promote", "v1.0.0"), Stream.of(words))
            .toArray(String[]::new);
    assertThat(cli.run(all).err()).isEmpty();
    return Documents.parse(floe.requests("POST", "/").getLast().text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a -> b", "tested,next->prod", "->", "-> later", "a→b", "@notes", "a=b"})
  void a_reason_is_kept_as_it_was_written(String reason) throws IOException {
    Doc joined = promoted("staging", "--detach", "--reason=" + reason);

    assertThat(joined.text("reason")).isEqualTo(reason);
    assertThat(joined.text("to")).isEqualTo("staging");
    assertThat(joined.has("from")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a -> b", "tested,next->prod", "->", "-> later", "a→b", "@notes"})
  void so_is_one_in_a_word_of_its_own(String reason) throws IOException {
    Doc apart = promoted("--reason", reason, "staging", "--detach");

    assertThat(apart.text("reason")).isEqualTo(reason);
    assertThat(apart.text("to")).isEqualTo("staging");
    assertThat(apart.has("from")).isFalse();
  }

  @Test
  void a_file_of_the_same_name_is_not_read(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("notes"), "--force");

    Doc asked = promoted(Cli.at(floe).in(folder), "staging", "--detach", "--reason", "@notes");

    assertThat(asked.text("reason")).isEqualTo("@notes");
    assertThat(asked.has("force")).isFalse();
  }

  @Test
  void an_arrow_between_environments_is_one_however_it_is_written() throws IOException {
    for (List<String> way :
        List.of(
            List.of("dev", "->", "staging"),
            List.of("dev->staging"),
            List.of("dev", "->staging"),
            List.of("dev→", "staging"),
            List.of("dev", "staging"))) {
      Doc asked =
          promoted(
              Stream.concat(way.stream(), Stream.of("--detach", "--plan", "x->y"))
                  .toArray(String[]::new));

      assertThat(asked.text("from")).as("%s", way).isEqualTo("dev");
      assertThat(asked.text("to")).as("%s", way).isEqualTo("staging");
      assertThat(asked.text("plan")).isEqualTo("x->y");
    }
  }
}
