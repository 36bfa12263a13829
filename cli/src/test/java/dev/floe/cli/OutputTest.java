package dev.floe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A result that does not arrive is no result. */
class OutputTest {

  private final FakeFloe floe =
      FakeFloe.start()
          .on("GET /api/v1/manifest", 200, "{\"revision\":1,\"manifest\":{\"artifact\":[\"p\"]}}")
          .on("GET /api/v1/audit", 200, "{\"entries\":[],\"next\":null}")
          .on("GET /api/v1/artifacts/p/versions", 200, "{\"versions\":[]}")
          .on("GET /api/v1/promotions/gone", 404, "{\"code\":\"not-found\",\"detail\":\"none\"}");

  @AfterEach
  void stop() {
    floe.close();
  }

  private static OutputStream failing(String why) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(why);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "platform promote --help",
        "--version",
        "config sample",
        "config show",
        "config show -o yaml",
        "completion bash",
        "completion fish",
        "platform list",
        "audit search -o json",
        "audit search --limit=x --nonsense -o json"
      })
  void a_full_disk_is_told_and_a_reader_who_has_gone_is_not(String words) {
    var full = new ByteArrayOutputStream();
    var gone = new ByteArrayOutputStream();
    String[] command = Stream.of(words.split(" ")).toArray(String[]::new);

    int whenFull = Cli.at(floe).run(failing("No space left on device"), full, command);
    int whenGone = Cli.at(floe).run(failing("Broken pipe"), gone, command);

    assertThat(whenFull).isEqualTo(1);
    assertThat(full.toString(StandardCharsets.UTF_8))
        .endsWith("error: cannot write to standard output: No space left on device\n");
    assertThat(whenGone).isEqualTo(141);
    assertThat(gone.toString(StandardCharsets.UTF_8)).doesNotContain("cannot write");
  }
}
