package dev.floe.gate.adapter.process;

import static dev.floe.gate.adapter.process.Orders.shell;
import static dev.floe.gate.application.GateResult.Outcome.ERRORED;
import static dev.floe.gate.application.GateResult.Outcome.FAILED;
import static dev.floe.gate.application.GateResult.Outcome.PASSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.floe.gate.application.GateResult;
import dev.floe.kernel.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.floe.gate.adapter.process.Host#isolations")
@Requirement("328.3")
class HostileGatesTest {

  /** Sleeps of a length that nobody else on the host sleeps tell survivors apart. */
  private static final AtomicInteger SLEEPS = new AtomicInteger(770_000);

  private static final Duration SHORT = Duration.ofMillis(700);

  private final Isolation isolation;
  @TempDir Path temporary;
  private final String sleep = "sleep " + SLEEPS.incrementAndGet();
  private final String sleeping = sleep.replace(' ', '\0');
  private CommandGates gates;

  HostileGatesTest(Isolation isolation) {
    this.isolation = isolation;
  }

  @BeforeEach
  void start() {
    gates = new CommandGates(temporary, List.of(), System.getenv(), isolation);
  }

  @AfterEach
  void stop() {
    gates.close();
  }

  @Test
  void a_gate_that_hangs_is_killed_in_time() {
    GateResult result =
        gates.run(shell("echo working; trap '' TERM; " + sleep).within(SHORT).order());

    assertThat(result.outcome()).isEqualTo(FAILED);
    assertThat(result.exitCode()).isNull();
    assertThat(result.reason()).isEqualTo("timeout after 700ms");
    assertThat(result.output()).isEqualTo("working");
    assertThat(result.duration()).isBetween(SHORT, Duration.ofSeconds(4));
    assertThat(Host.running(sleeping)).isZero();
  }

  @Test
  void what_left_the_session_or_forked_twice_dies_with_a_gate_that_hangs() {
    String escape =
        "setsid %1$s & (setsid sh -c '%1$s & %1$s' &) ; (%1$s &) ; %1$s".formatted(sleep);

    GateResult result = gates.run(shell(escape).within(SHORT).order());

    assertThat(result.outcome()).isEqualTo(FAILED);
    assertThat(result.duration()).isLessThan(Duration.ofSeconds(4));
    assertThat(Host.running(sleeping)).isZero();
  }

  @Test
  void what_holds_the_pipe_after_the_gates_end_neither_delays_the_result_nor_survives() {
    String hold = "setsid %1$s & (setsid sh -c '%1$s & %1$s' &) ; echo done".formatted(sleep);

    GateResult result = gates.run(shell(hold).order());

    assertThat(result.outcome()).isEqualTo(PASSED);
    assertThat(result.output()).isEqualTo("done");
    assertThat(result.duration()).isLessThan(Duration.ofSeconds(4));
    assertThat(Host.running(sleeping)).isZero();
  }

  @Test
  void what_goes_on_printing_after_the_gates_end_is_no_longer_listened_to() {
    GateResult result = gates.run(shell("yes " + sleep + " & exit 4").order());

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.duration()).isLessThan(Duration.ofSeconds(4));
    assertThat(Host.running(sleep)).isZero();
  }

  @Test
  void endless_output_ends_with_the_gates_time() {
    GateResult result = gates.run(shell("yes endless").within(SHORT).order());

    assertThat(result.reason()).isEqualTo("timeout after 700ms");
    assertThat(result.duration()).isLessThan(Duration.ofSeconds(4));
    assertThat(result.output()).endsWith("endless").hasSizeLessThanOrEqualTo(8 * 1024);
  }

  @Test
  void a_gate_without_a_single_line_end_is_cut_to_its_tail() {
    GateResult result =
        gates.run(shell("head -c 50000000 /dev/zero | tr '\\0' x; printf END").order());

    assertThat(result.outputBytes()).isEqualTo(50_000_003);
    assertThat(result.output()).endsWith("xEND").hasSize(8 * 1024);
  }

  @Test
  void secrets_of_the_gate_are_not_shown_even_when_printed_in_pieces() {
    GateResult result =
        gates.run(
            shell("printf hun; sleep 0.1; printf 'ter2\\n'; echo \"$KEY\"; echo password=hidden1")
                .with(Map.of("KEY", "hunter2"))
                .order());

    assertThat(result.output()).isEqualTo("[redacted]\n[redacted]\npassword=[redacted]");
  }

  @Test
  void an_interrupt_stops_the_gate_and_all_it_started_within_two_seconds() throws Exception {
    String stubborn =
        "trap '' TERM INT HUP; setsid %1$s & (setsid sh -c '%1$s & %1$s' &) ; %1$s"
            .formatted(sleep);
    FutureTask<GateResult> running = new FutureTask<>(() -> gates.run(shell(stubborn).order()));
    Thread thread = Thread.ofVirtual().start(running);
    await().until(() -> Host.running(sleeping) >= 4);

    thread.interrupt();

    assertThat(running.get(2, TimeUnit.SECONDS))
        .returns(ERRORED, GateResult::outcome)
        .returns("stopped", GateResult::reason);
    assertThat(Host.running(sleeping)).isZero();
  }
}
