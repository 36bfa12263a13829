package dev.floe.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.cli.FloeCommand;
import dev.floe.cli.console.CliIo;
import dev.floe.embedded.folder.CannotStartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {

  private final Locale before = Locale.getDefault();

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  @Test
  void a_fault_ends_the_process_instead_of_leaving_it_half_started() {
    int thrown =
        Launcher.exitCode(
            _ -> {
              throw new IllegalStateException("a part cannot be written to");
            },
            new String[0]);
    int missing =
        Launcher.exitCode(
            _ -> {
              throw new NoClassDefFoundError("a library is not there");
            },
            new String[0]);

    assertThat(thrown).isEqualTo(1);
    assertThat(missing).isEqualTo(1);
  }

  @Test
  void words_and_numbers_are_the_same_on_every_machine() {
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));
    String[] seen = new String[2];

    Launcher.exitCode(
        _ -> {
          seen[0] = String.valueOf(Locale.getDefault());
          seen[1] = "%,d".formatted(1_000);
          return 0;
        },
        new String[0]);

    assertThat(seen).containsExactly("", "1,000");
  }

  @Test
  void too_low_a_limit_of_open_files_is_named_with_what_is_needed_and_the_fix() {
    assertThatThrownBy(() -> OpenFiles.require(256))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("256")
        .hasMessageContaining("ulimit -n " + OpenFiles.NEEDED);
    assertThatCode(() -> OpenFiles.require(OpenFiles.NEEDED)).doesNotThrowAnyException();
  }

  @Test
  void down_leaves_a_stranger_alone_who_was_given_the_process_number_of_a_system_that_died(
      @TempDir Path data) throws Exception {
    Process stranger = new ProcessBuilder("sleep", "600").start();
    try {
      String pid = Long.toString(stranger.pid());
      Files.writeString(data.resolve("floe.json"), "{\"pid\": %s}".formatted(pid));
      Files.writeString(
          data.resolve("lock"), pid + " " + stranger.info().startInstant().orElseThrow());
      int exitCode =
          Launcher.exitCode(
              words -> FloeCommand.run(words, CliIo.ofProcess(), Launcher.OWN),
              new String[] {"down", "--data", data.toString()});
      assertThat(exitCode).isEqualTo(3);
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly().waitFor();
    }
  }
}
