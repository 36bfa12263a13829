package dev.floe.cli;

import static dev.floe.cli.Promotions.ID;
import static dev.floe.cli.Promotions.PASSED;
import static dev.floe.cli.Promotions.gates;
import static dev.floe.cli.Promotions.promotion;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.cli.console.CliIo;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InterruptTest {

  /** The command as a process of its own. */
  static final class Main {

    private Main() {}

    public static void main(String[] args) {
      System.exit(FloeCommand.run(args, CliIo.ofProcess()));
    }
  }

  @Test
  void ctrl_c_ends_the_command_and_says_that_the_work_goes_on()
      throws IOException, InterruptedException {
    try (FakeFloe floe = FakeFloe.start()) {
      floe.on("POST /api/v1/promotions", 202, promotion("staging", "validating"))
          .silentAfter(
              "GET /api/v1/promotions/" + ID + "/events",
              "event: promotion\ndata: "
                  + promotion("staging", "validating", gates(PASSED))
                  + "\n\n");
      ProcessBuilder builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("java.class.path"),
              Main.class.getName(),
              "platform",
              "promote",
              "v1.2.3",
              "staging");
      builder.environment().put("FLOE_URL", floe.url());
      builder.environment().put("FLOE_TOKEN", "t");
      Process process = builder.start();
      try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
        assertThat(out.readLine()).isEqualTo("Running validation gates...");

        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(err)
            .contains("interrupted; req-01J continues")
            .contains("floe platform cancel req-01J");
        assertThat(process.exitValue()).isEqualTo(130);
      } finally {
        process.destroyForcibly();
      }
    }
  }
}
