package dev.floe.gate.adapter.process;

import static dev.floe.gate.adapter.process.Orders.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.floe.gate.application.GateResult;
import dev.floe.kernel.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A runner that dies without a word leaves nothing running that its successor does not end. */
@Requirement("328.3")
class RunnerEndsTest {

  @TempDir Path folder;

  /** The runner that gets killed: it runs one gate that hangs. */
  static final class Runner {
    private Runner() {}

    public static void main(String[] args) {
      boolean confined = args[1].equals("confined");
      Isolation isolation =
          Host.isolations().filter(i -> i.confines() == confined).findFirst().orElseThrow();
      try (CommandGates gates =
          new CommandGates(Path.of(args[0]), List.of(), System.getenv(), isolation)) {
        GateResult result =
            gates.run(
                shell("setsid " + args[2] + " & " + args[2]).within(Duration.ofMinutes(5)).order());
        throw new IllegalStateException("ended: " + result);
      }
    }
  }

  private Process start(String kind, String sleep) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process runner =
        new ProcessBuilder(
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Runner.class.getName(),
                folder.resolve("gates").toString(),
                kind,
                sleep)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    await().atMost(Duration.ofSeconds(30)).until(() -> Host.sleeping(sleep) == 2);
    return runner;
  }

  @Test
  void confined_gates_die_with_their_runner() throws Exception {
    assumeThat(Host.isolations().anyMatch(Isolation::confines)).isTrue();
    String sleep = "sleep 881001";
    Process runner = start("confined", sleep);

    runner.destroyForcibly().waitFor();

    await().until(() -> Host.sleeping(sleep) == 0);
  }

  @Test
  void gates_without_isolation_are_ended_by_the_next_runner_on_the_folder() throws Exception {
    String sleep = "sleep 881002";
    Process runner = start("unconfined", sleep);
    runner.destroyForcibly().waitFor();
    assertThat(Host.sleeping(sleep)).isEqualTo(2);

    new CommandGates(
            folder.resolve("gates"), List.of(), System.getenv(), new Isolation.Unconfined())
        .close();

    assertThat(Host.sleeping(sleep)).isZero();
    assertThat(folder.resolve("gates")).isEmptyDirectory();
  }
}
