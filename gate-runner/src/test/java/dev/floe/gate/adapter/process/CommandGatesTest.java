package dev.floe.gate.adapter.process;

import static dev.floe.gate.adapter.process.Orders.command;
import static dev.floe.gate.adapter.process.Orders.shell;
import static dev.floe.gate.application.GateResult.Outcome.ERRORED;
import static dev.floe.gate.application.GateResult.Outcome.FAILED;
import static dev.floe.gate.application.GateResult.Outcome.PASSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.gate.application.GateResult;
import dev.floe.gate.application.Subject;
import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.floe.gate.adapter.process.Host#choices")
class CommandGatesTest {

  private final Isolation isolation;
  @TempDir Path temporary;
  @TempDir Path work;
  private CommandGates gates;

  CommandGatesTest(Isolation isolation) {
    this.isolation = isolation;
  }

  @BeforeEach
  void start() throws IOException {
    gates = new CommandGates(temporary.resolve("gates"), List.of(), System.getenv(), isolation);
  }

  @AfterEach
  void stop() {
    gates.close();
  }

  @Test
  @Requirement({"328.2", "328.8"})
  void a_command_that_ends_with_zero_passes() {
    GateResult result = gates.run(shell("echo checked").order());

    assertThat(result.outcome()).isEqualTo(PASSED);
    assertThat(result.exitCode()).isZero();
    assertThat(result.output()).isEqualTo("checked");
    assertThat(result.outputDigest()).isEqualTo(Digest.sha256("checked\n"));
    assertThat(result.outputBytes()).isEqualTo(8);
    assertThat(result.durationMs()).isPositive();
    assertThat(result.reason() + result.message() + result.hint()).isEmpty();
  }

  @Test
  @Requirement({"328.2", "328.4"})
  void a_command_that_ends_otherwise_fails_and_says_with_what() {
    GateResult result = gates.run(shell("echo out; echo err >&2; exit 3").order());

    assertThat(result.outcome()).isEqualTo(FAILED);
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.output()).isEqualTo("out\nerr");
    assertThat(result.reason()).isEqualTo("exit code 3");
    assertThat(result.message()).isEqualTo("The command ended with exit code 3.");
    assertThat(result.hint()).contains("promote again");
  }

  @Test
  @Requirement("328.4")
  void a_command_ended_by_a_signal_fails_and_names_the_signal() {
    GateResult result = gates.run(shell("kill -SEGV $$").order());

    assertThat(result.outcome()).isEqualTo(FAILED);
    assertThat(result.message()).contains("SIGSEGV");
  }

  @Test
  @Requirement("328.2")
  void hostile_text_stays_one_argument_and_runs_nothing() {
    String hostile =
        "v1; touch $W/a \"$(touch $W/b)\" `touch $W/c` 'x' && touch $W/d | <digest> \\";
    hostile = hostile.replace("$W", work.toString());
    Subject subject = new Subject("h/r@x", Orders.DIGEST, hostile, "de'v", "$(sta ging)");

    GateResult result =
        gates.run(
            command("printf", "[%s]", "--version=<version>", "<from_env>→<to_env>")
                .in(work)
                .about(subject)
                .order());

    assertThat(result.output()).isEqualTo("[--version=%s][de'v→$(sta ging)]".formatted(hostile));
    assertThat(work).isEmptyDirectory();
  }

  @Test
  @Requirement("328.2")
  void hostile_text_stays_one_variable_and_runs_nothing() {
    String hostile = "v1;touch x;$(touch y)`touch z`\nFLOE_DIGEST=forged";
    Subject subject = new Subject("h/r@x", Orders.DIGEST, hostile, "dev", "staging");

    GateResult result =
        gates.run(
            shell("printf %s \"$FLOE_VERSION|$FLOE_DIGEST\"").in(work).about(subject).order());

    assertThat(result.output()).isEqualTo(hostile + "|" + Orders.DIGEST);
    assertThat(work).isEmptyDirectory();
  }

  @Test
  @Requirement("328.2")
  void the_environment_holds_what_the_contract_lists_and_nothing_else() {
    GateResult result = gates.run(command("env").with(Map.of("REGION", "eu")).order());

    assertThat(result.output().lines().map(line -> line.replaceFirst("=.*", "")))
        .containsExactlyInAnyOrder(
            "PATH",
            "HOME",
            "TMPDIR",
            "LANG",
            "FLOE_ARTIFACT",
            "FLOE_DIGEST",
            "FLOE_VERSION",
            "FLOE_FROM_ENV",
            "FLOE_TO_ENV",
            "REGION");
    assertThat(result.output())
        .contains("FLOE_ARTIFACT=" + Orders.SUBJECT.artifact())
        .contains("FLOE_TO_ENV=staging");
  }

  @Test
  void without_a_working_directory_it_runs_in_an_empty_private_one_that_goes_with_it() {
    GateResult result =
        gates.run(
            shell(
                    "ls -A . \"$HOME\" \"$TMPDIR\" | grep -v -e : -e '^$'; echo x >here; mkdir -m 0 shut; pwd")
                .order());

    assertThat(result.outcome()).isEqualTo(PASSED);
    assertThat(result.output().strip()).startsWith(temporary + "/gates/").endsWith("/work");
    assertThat(temporary.resolve("gates")).isEmptyDirectory();
  }

  @Test
  @Requirement("328.1")
  void it_writes_to_its_working_directory_and_to_its_temporary_files() throws IOException {
    GateResult result =
        gates.run(
            shell("echo found >report; : >\"$TMPDIR/t\"; : >\"$HOME/h\"; mktemp").in(work).order());

    assertThat(result.outcome()).describedAs(result.output()).isEqualTo(PASSED);
    assertThat(work.resolve("report")).hasContent("found");
  }

  @Test
  @Requirement("328.1")
  void it_may_start_a_script_of_its_working_directory() throws IOException {
    script("check.sh", "#!/bin/sh\necho \"checked $1\"\n");

    GateResult result = gates.run(command("./check.sh", "<version>").in(work).order());

    assertThat(result.output()).isEqualTo("checked v1.2.3");
  }

  @Test
  void it_has_nothing_to_read() {
    assertThat(gates.run(command("cat").order()).outcome()).isEqualTo(PASSED);
  }

  @Test
  @Requirement("328.1")
  void it_is_run_again_as_often_as_it_has_retries() throws IOException {
    String twice = "echo x >>tries; [ $(wc -l <tries) -eq 3 ]";

    assertThat(gates.run(shell(twice).in(work).retried(1).order()).reason())
        .isEqualTo("exit code 1 (attempt 2)");
    Files.delete(work.resolve("tries"));
    assertThat(gates.run(shell(twice).in(work).retried(2).order()).outcome()).isEqualTo(PASSED);
  }

  @Test
  @Requirement({"328.3", "328.4"})
  void a_command_that_is_not_there_errors_and_says_where_it_was_looked_for() {
    GateResult result = gates.run(command("no-such-scanner", "<artifact>").order());

    assertThat(result.outcome()).isEqualTo(ERRORED);
    assertThat(result.exitCode()).isNull();
    assertThat(result.reason()).isEqualTo("command not found");
    assertThat(result.message()).contains("no-such-scanner").contains("PATH");
    assertThat(result.hint()).contains("Install no-such-scanner");
  }

  @Test
  void a_script_that_cannot_start_errors_and_names_the_cause() throws IOException {
    script("lost.sh", "#!/no/such/interpreter\n");
    Files.writeString(work.resolve("plain.sh"), "#!/bin/sh\n");

    assertThat(gates.run(command("./lost.sh").in(work).order()))
        .returns(ERRORED, GateResult::outcome)
        .extracting(GateResult::message)
        .asString()
        .contains("/no/such/interpreter");
    assertThat(gates.run(command("./plain.sh").in(work).order()))
        .returns(ERRORED, GateResult::outcome)
        .returns("not executable", GateResult::reason);
  }

  @Test
  void a_working_directory_that_is_not_there_errors() {
    assertThat(gates.run(shell("true").in(work.resolve("gone")).order()))
        .returns(ERRORED, GateResult::outcome)
        .extracting(GateResult::message)
        .asString()
        .contains(work.resolve("gone").toString());
  }

  @Test
  void a_variable_that_no_process_can_have_errors() {
    assertThat(gates.run(shell("true").with(Map.of("A", "b\0c")).order()).outcome())
        .isEqualTo(ERRORED);
  }

  private void script(String name, String text) throws IOException {
    Path script = work.resolve(name);
    Files.writeString(script, text);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
