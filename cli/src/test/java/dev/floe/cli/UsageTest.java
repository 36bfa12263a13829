package dev.floe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.cli.Cli.Run;
import dev.floe.kernel.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageTest {

  private static Run run(String... args) {
    return Cli.alone().run(args);
  }

  @Test
  void names_the_nearest_word_for_one_that_it_does_not_know() {
    assertThat(run("platform", "statu").err())
        .isEqualTo(
            """
            error: there is no command 'statu' [bad-request]
            hint: Did you mean status? See floe platform --help.
            """);
    assertThat(run("platfrom", "status").err()).contains("Did you mean platform?");
    assertThat(run("platform", "promote", "v1", "x", "--quue").err()).contains("mean --queue?");
    assertThat(run("frobnicate").err()).doesNotContain("Did you mean");
    assertThat(run("frobnicate").exitCode()).isEqualTo(2);
  }

  @Test
  @Requirement("D.5")
  void says_of_a_command_that_is_to_come_that_it_is_not_supported_yet() {
    for (String command : NotYet.commands()) {
      Run run = run(command.substring("floe ".length()).split(" "));

      assertThat(run.err()).startsWith("error: %s is not supported yet".formatted(command));
      assertThat(run.err()).contains("[not-supported-yet]");
      assertThat(run.exitCode()).isEqualTo(2);
    }
    assertThat(run("platform", "rollback", "v1.2.3", "prod", "--to=v1.2.2", "-o", "json").json())
        .extracting(document -> document.doc("error").text("code"))
        .isEqualTo("not-supported-yet");
  }

  @Test
  void answers_bad_usage_in_the_format_that_was_asked_for() {
    Run run = run("platform", "promote", "--forse", "-ojson");

    assertThat(run.json().doc("error").text("code")).isEqualTo("bad-request");
    assertThat(run.json().number("exitCode")).isEqualTo(2);
    assertThat(run("platform", "status", "-o", "xml").err()).contains("Invalid value");
    assertThat(run("platform", "nothing", "-o", "yaml").out()).contains("exitCode: 2");
  }

  @Test
  void shows_its_help_its_version_and_the_commands_of_a_group() {
    Run help = run("--help");

    assertThat(help.out()).startsWith("Usage: floe ").contains("platform").contains("demo");
    assertThat(help.exitCode()).isZero();
    assertThat(run().out()).isEqualTo(help.out());
    assertThat(run("platform", "promote", "--help").out()).contains("--request-approval");
    assertThat(run("--version").out()).matches("floe [0-9]+\\.[0-9]+\\.[0-9]+.*\\n");
    assertThat(run("platform").err()).contains("which floe platform command?");
    assertThat(run("up").err()).contains("launcher");
  }

  @Test
  void completes_commands_and_options_in_bash(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path script = folder.resolve("floe");
    Files.writeString(script, run("completion", "bash").out());
    String ask =
        "source %s; COMP_WORDS=(floe platform pr); COMP_CWORD=2; _complete_floe 2> /dev/null; echo ${COMPREPLY[@]}"
            .formatted(script);
    Process bash = new ProcessBuilder("bash", "-c", ask).redirectErrorStream(true).start();

    String answer =
        new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(answer.strip()).isEqualTo("promote");
  }

  @Test
  void knows_zsh_and_fish_too() {
    assertThat(run("completion", "zsh").out()).contains("compinit");
    assertThat(run("completion", "fish").out().lines())
        .contains(
            "complete -c floe -n '__fish_seen_subcommand_from platform; and"
                + " __fish_seen_subcommand_from promote' -l detach"
                + " -d 'Prints the request\\'s id and follows nothing.'");
  }

  @Test
  void does_not_let_a_filter_pass_for_who_asks() {
    List<String> searches = run("audit", "search", "--help").out().lines().toList();

    assertThat(searches).filteredOn(line -> line.startsWith("      --user=NAME")).hasSize(1);
  }
}
