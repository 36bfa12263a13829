package dev.floe.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
}
