package dev.floe.gate.adapter.process;

import static dev.floe.gate.adapter.process.Orders.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.gate.application.GateResult;
import dev.floe.kernel.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyBytesTest {

  @TempDir Path folder;

  /** With {@code -Dfloe.soak=true} a gigabyte, which is all the memory of the test's JVM. */
  private static final long BYTES = Boolean.getBoolean("floe.soak") ? 1L << 30 : 1L << 27;

  @Test
  @Requirement("328.3")
  void much_output_is_drained_and_only_its_end_kept() {
    try (CommandGates gates =
        new CommandGates(folder, List.of(), System.getenv(), new Isolation.Unconfined())) {
      GateResult result =
          gates.run(
              shell("yes 'a line of output' | head -c " + BYTES + "; exit 9")
                  .within(Duration.ofMinutes(10))
                  .order());

      assertThat(result.exitCode()).isEqualTo(9);
      assertThat(result.outputBytes()).isEqualTo(BYTES);
      assertThat(result.output().length()).isLessThanOrEqualTo(OutputCapture.TAIL_BYTES);
    }
  }
}
