package dev.floe.gate.adapter.process;

import static dev.floe.gate.adapter.process.Orders.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.floe.gate.application.GateResult;
import dev.floe.gate.application.GateResult.Outcome;
import dev.floe.kernel.Requirement;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Requirement("328.2")
class IsolationProbeTest {

  private static final Isolation BROKEN =
      new Isolation.Bubblewrap(Path.of("/bin/sh"), Path.of("/usr/bin/env"), Path.of("/bin/false"));

  /** Starts the command without isolating it in the least. */
  private static final Isolation PRETENDER =
      new Isolation.Bubblewrap(Path.of("/bin/sh"), Path.of("/usr/bin/env"), Path.of("/bin/echo"));

  @TempDir Path folder;

  @Test
  void what_does_not_isolate_is_not_chosen() {
    try (Launcher launcher = new Launcher()) {
      IsolationProbe probe = new IsolationProbe(launcher, new PrivateFolders(folder));

      assertThat(probe.works(BROKEN)).isFalse();
      assertThat(probe.works(PRETENDER)).isFalse();
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void an_interrupt_does_not_make_a_host_look_open() {
    Isolation best = Host.choices().reduce((first, second) -> second).orElseThrow();
    assumeThat(best.confines()).isTrue();
    try (Launcher launcher = new Launcher()) {
      IsolationProbe probe = new IsolationProbe(launcher, new PrivateFolders(folder));
      Thread.currentThread().interrupt();

      assertThat(probe.works(best)).isTrue();
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void a_gate_whose_isolation_breaks_errors_and_does_not_run() {
    try (CommandGates gates = new CommandGates(folder, List.of(), System.getenv(), BROKEN)) {
      GateResult result = gates.run(shell("true").order());

      assertThat(result.outcome()).isEqualTo(Outcome.ERRORED);
      assertThat(result.reason()).isEqualTo("isolation failed");
      assertThat(result.exitCode()).isNull();
    }
  }
}
