package dev.floe.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LauncherTest {

  @Test
  void a_fault_ends_the_process_instead_of_leaving_it_half_started() throws Exception {
    int exitCode =
        Launcher.exitCode(
            _ -> {
              throw new IllegalStateException("a part cannot be written to");
            },
            new String[0]);

    assertThat(exitCode).isEqualTo(1);
  }
}
