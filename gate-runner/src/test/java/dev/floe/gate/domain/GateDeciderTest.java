package dev.floe.gate.domain;

import static dev.floe.kernel.Scenario.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.gate.domain.GateCommand.RecordGateResult;
import dev.floe.gate.domain.GateCommand.ResumeGates;
import dev.floe.gate.domain.GateCommand.RunGates;
import dev.floe.gate.domain.GateCommand.StopGates;
import dev.floe.gate.domain.GateCommand.Tick;
import dev.floe.gate.domain.GateEvent.GateErrored;
import dev.floe.gate.domain.GateEvent.GateFailed;
import dev.floe.gate.domain.GateEvent.GatePassed;
import dev.floe.gate.domain.GateEvent.GateSkipped;
import dev.floe.gate.domain.GateEvent.GateStarted;
import dev.floe.gate.domain.GateEvent.IntentLapsed;
import dev.floe.kernel.Requirement;
import dev.floe.kernel.Scenario;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GateDeciderTest {

  private static final String ID = "req-1";
  private static final Version VERSION = Version.parse("v1.2.3");
  private static final Digest DIGEST = Digest.parse("sha256:" + "a".repeat(64));
  private static final Instant LATEST = NOON.plus(Duration.ofMinutes(20));
  private static final GateRef POLICY = new GateRef("policy_compliance", "p");
  private static final GateRef TESTS = new GateRef("integration_tests", "t");
  private static final GateRef SCAN = new GateRef("security_scan", "s");

  private static final Hosted STOP =
      hosted(new StopGates(ID, GateOutcome.CANCELLED, "Ada cancelled it."));

  private boolean failFast = true;

  private final Scenario<Hosted, GateRuns, GateEvent> gates =
      Scenario.of(new GateDecider(), "floe-platform");

  @Test
  @Requirement({"328.1", "328.8"})
  void run_in_the_order_they_were_given() {
    gates
        .givenDone(run(POLICY, TESTS), result("policy_compliance", 1, GateEnd.PASSED))
        .when(result("integration_tests", 1, GateEnd.PASSED))
        .then(passed("integration_tests", 1, new PhaseVerdict(true, List.of())));
  }

  @Test
  @Requirement("328.8")
  void begin_with_the_first() {
    gates.when(run(POLICY, TESTS)).then(started(POLICY, 1, 1, POLICY, TESTS));
  }

  @Test
  void ordered_twice_run_once() {
    gates.givenDone(run(POLICY)).when(run(POLICY)).thenNothingNew();
  }

  @Test
  void ordered_again_after_the_end_do_not_run_again() {
    gates
        .givenDone(run(POLICY), result("policy_compliance", 1, GateEnd.PASSED))
        .when(run(POLICY))
        .thenNothingNew();
  }

  @Test
  void ordered_too_late_do_not_run() {
    gates
        .at(LATEST.plusMillis(1))
        .when(run(POLICY))
        .then(new IntentLapsed(ID, 1, VERSION, DIGEST, "dev", "staging"));
  }

  @Nested
  class A_failure {

    @Test
    @Requirement({"328.5", "328.6"})
    void stops_the_rest_which_is_shown_as_skipped() {
      gates
          .givenDone(run(POLICY, TESTS, SCAN), result("policy_compliance", 1, GateEnd.PASSED))
          .when(result("integration_tests", 1, GateEnd.FAILED))
          .then(
              failed("integration_tests", null),
              skipped(
                  "security_scan",
                  new PhaseVerdict(
                      false,
                      List.of(
                          new GateOutcome("integration_tests", GateEnd.FAILED),
                          new GateOutcome("security_scan", GateEnd.SKIPPED)))));
    }

    @Test
    @Requirement("328.6")
    void lets_the_rest_run_where_failing_fast_is_off_and_still_blocks() {
      failFast = false;
      gates
          .givenDone(run(POLICY, TESTS), result("policy_compliance", 1, GateEnd.FAILED))
          .when(result("integration_tests", 1, GateEnd.PASSED))
          .then(
              passed(
                  "integration_tests",
                  1,
                  new PhaseVerdict(
                      false, List.of(new GateOutcome("policy_compliance", GateEnd.FAILED)))));
    }

    @Test
    @Requirement("328.9")
    void says_in_the_verdict_when_it_was_about_a_signature() {
      assertThat(GateOutcome.of("scan", GateEnd.FAILED, "not-signed").problem())
          .isEqualTo("signature-invalid");
      assertThat(GateOutcome.of("scan", GateEnd.FAILED, "exit code 1").problem()).isEmpty();
    }

    @Test
    void starts_the_next_where_failing_fast_is_off() {
      failFast = false;
      gates
          .givenDone(run(POLICY, TESTS))
          .when(result("policy_compliance", 1, GateEnd.FAILED))
          .then(failed("policy_compliance", null), started(TESTS, 2, 1, POLICY, TESTS));
    }

    @Test
    void to_say_anything_blocks_as_well() {
      gates
          .givenDone(run(SCAN))
          .when(result("security_scan", 1, GateEnd.ERRORED))
          .then(
              errored(
                  "security_scan",
                  new PhaseVerdict(
                      false, List.of(new GateOutcome("security_scan", GateEnd.ERRORED)))));
    }
  }

  @Nested
  class An_attempt {

    @Test
    void begins_anew_when_the_runner_changes() {
      gates
          .givenDone(run(POLICY, TESTS))
          .when(hosted(new ResumeGates(ID, 1)))
          .then(started(POLICY, 1, 2, POLICY, TESTS));
    }

    @Test
    void that_is_not_the_current_one_does_not_count() {
      gates
          .givenDone(run(POLICY), hosted(new ResumeGates(ID, 1)))
          .when(result("policy_compliance", 1, GateEnd.PASSED))
          .thenNothingNew();
    }

    @Test
    void keeps_the_outcomes_of_the_gates_before_it() {
      failFast = false;
      gates
          .givenDone(
              run(POLICY, TESTS),
              result("policy_compliance", 1, GateEnd.FAILED),
              hosted(new ResumeGates(ID, 1)))
          .when(result("integration_tests", 2, GateEnd.PASSED))
          .then(
              passed(
                  "integration_tests",
                  2,
                  new PhaseVerdict(
                      false, List.of(new GateOutcome("policy_compliance", GateEnd.FAILED)))));
    }

    @Test
    void told_twice_counts_once() {
      gates
          .givenDone(run(POLICY, TESTS), result("policy_compliance", 1, GateEnd.PASSED))
          .when(result("policy_compliance", 1, GateEnd.FAILED))
          .thenNothingNew();
    }

    @Test
    void is_not_begun_anew_after_its_time() {
      gates
          .givenDone(run(POLICY))
          .at(LATEST.plusMillis(1))
          .when(hosted(new ResumeGates(ID, 1)))
          .then(new IntentLapsed(ID, 1, VERSION, DIGEST, "dev", "staging"));
    }
  }

  @Test
  void a_run_that_never_ends_lapses() {
    gates
        .givenDone(run(POLICY))
        .at(LATEST.plusMillis(1))
        .when(hosted(new Tick()))
        .then(new IntentLapsed(ID, 1, VERSION, DIGEST, "dev", "staging"));
  }

  @Nested
  class Stopped_with_their_promotion {

    @Test
    void the_one_that_runs_ends_with_the_reason_and_the_rest_do_not_run() {
      gates
          .givenDone(run(POLICY, TESTS))
          .at(NOON.plusMillis(700))
          .when(STOP)
          .then(
              stopped("policy_compliance", null),
              skipped(
                  "integration_tests",
                  "skipped: cancelled",
                  new PhaseVerdict(
                      false,
                      List.of(
                          new GateOutcome("policy_compliance", GateEnd.ERRORED),
                          new GateOutcome("integration_tests", GateEnd.SKIPPED)))));
    }

    @Test
    void a_late_result_counts_for_nothing() {
      gates
          .givenDone(run(POLICY), STOP)
          .when(result("policy_compliance", 1, GateEnd.PASSED))
          .thenNothingNew();
    }

    @Test
    void a_takeover_does_not_run_them_again() {
      gates.givenDone(run(POLICY), STOP).when(hosted(new ResumeGates(ID, 1))).thenNothingNew();
    }

    @Test
    void nothing_happens_where_none_runs() {
      gates.when(STOP).thenNothingNew();
    }
  }

  @Test
  void the_next_lapse_is_told_ahead() {
    assertThat(gates.when(run(POLICY)).state().nextDue()).contains(LATEST);
  }

  private Hosted run(GateRef... refs) {
    return hosted(
        new RunGates(
            ID,
            1,
            VERSION,
            DIGEST,
            "dev",
            "staging",
            Phase.BEFORE,
            "127.0.0.1/dev/floe-platform@" + DIGEST,
            List.of(refs),
            failFast,
            1,
            LATEST));
  }

  private GateStarted started(GateRef gate, int position, int attempt, GateRef... refs) {
    return new GateStarted(
        ID,
        1,
        VERSION,
        DIGEST,
        "dev",
        "staging",
        Phase.BEFORE,
        gate.name(),
        position,
        refs.length,
        attempt,
        "127.0.0.1/dev/floe-platform@" + DIGEST,
        "none",
        "",
        List.of(refs),
        failFast,
        1,
        LATEST);
  }

  private static Hosted result(String gate, int attempt, GateEnd end) {
    return hosted(
        new RecordGateResult(
            ID, 1, gate, attempt, end, 0, 12, "out", "sha256:o", 3, "briefly", "said so", "look"));
  }

  private static GatePassed passed(String gate, int attempt, @Nullable PhaseVerdict verdict) {
    return new GatePassed(
        ID,
        1,
        VERSION,
        DIGEST,
        "dev",
        "staging",
        Phase.BEFORE,
        gate,
        attempt,
        0,
        12,
        "out",
        "sha256:o",
        3,
        "briefly",
        "said so",
        "look",
        verdict);
  }

  private static GateFailed failed(String gate, @Nullable PhaseVerdict verdict) {
    return new GateFailed(
        ID,
        1,
        VERSION,
        DIGEST,
        "dev",
        "staging",
        Phase.BEFORE,
        gate,
        1,
        0,
        12,
        "out",
        "sha256:o",
        3,
        "briefly",
        "said so",
        "look",
        verdict);
  }

  private static GateErrored errored(String gate, @Nullable PhaseVerdict verdict) {
    return new GateErrored(
        ID,
        1,
        VERSION,
        DIGEST,
        "dev",
        "staging",
        Phase.BEFORE,
        gate,
        1,
        0,
        12,
        "out",
        "sha256:o",
        3,
        "briefly",
        "said so",
        "look",
        verdict);
  }

  private static GateErrored stopped(String gate, @Nullable PhaseVerdict verdict) {
    return new GateErrored(
        ID,
        1,
        VERSION,
        DIGEST,
        "dev",
        "staging",
        Phase.BEFORE,
        gate,
        1,
        null,
        700,
        "",
        Digest.sha256("").toString(),
        0,
        "cancelled",
        "Ada cancelled it.",
        "",
        verdict);
  }

  private static GateSkipped skipped(String gate, @Nullable PhaseVerdict verdict) {
    return skipped(gate, "skipped due to previous failure", verdict);
  }

  private static GateSkipped skipped(String gate, String message, @Nullable PhaseVerdict verdict) {
    return new GateSkipped(
        ID, 1, VERSION, DIGEST, "dev", "staging", Phase.BEFORE, gate, message, verdict);
  }

  private static Hosted hosted(GateCommand command) {
    return new Hosted((_, _) -> new Confinement("none", ""), command);
  }
}
