package dev.floe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.cli.Cli.Run;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HelpTest {

  private static Run run(String... args) {
    return Cli.alone().run(args);
  }

  static Stream<String> commands() {
    return Stream.of(
        "open",
        "doctor",
        "config sample",
        "config validate",
        "config apply",
        "config show",
        "platform publish",
        "platform promote",
        "platform approve",
        "platform deny",
        "platform approval status",
        "platform approval list",
        "platform status",
        "platform timeline",
        "platform list",
        "platform tag",
        "platform drift",
        "platform cancel",
        "audit search",
        "audit tail",
        "auth login",
        "auth whoami",
        "auth token",
        "completion");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void a_command_shows_its_own_options_those_of_all_commands_apart_and_an_example(String command) {
    String help = run((command + " --help").split(" ")).out();

    assertThat(help).startsWith("Usage: floe " + command);
    int everywhere = help.indexOf("\nOptions of every command:\n");
    assertThat(everywhere).isPositive();
    assertThat(help.substring(0, everywhere)).doesNotContain("--no-color").doesNotContain("--data");
    assertThat(help.substring(everywhere)).contains("--artifact").contains("--user");
    assertThat(help.substring(everywhere)).contains("\nExample").contains("  floe " + command);
    assertThat(help.lines()).allMatch(line -> line.length() <= 80, "fits 80 columns");
  }

  @Test
  void help_is_as_wide_as_the_terminal_where_that_reads_well() {
    Cli wide = Cli.alone().with("COLUMNS", "300");
    Cli narrow = Cli.alone().with("COLUMNS", "20");

    assertThat(wide.run("platform", "promote", "--help").out().lines())
        .allMatch(line -> line.length() <= 100)
        .anyMatch(line -> line.length() > 80);
    assertThat(narrow.run("--help").out()).isEqualTo(run("--help").out());
  }

  @Test
  void help_can_be_asked_for_as_a_command() {
    assertThat(run("help", "platform", "promote").out())
        .isEqualTo(run("platform", "promote", "--help").out())
        .startsWith("Usage: floe platform promote");
    assertThat(run("help").out()).isEqualTo(run("--help").out());
    assertThat(run("platform", "status", "prod", "--help").out())
        .startsWith("Usage: floe platform status");
  }

  @Test
  void there_is_no_help_for_a_command_that_does_not_exist() {
    for (List<String> words :
        List.of(
            List.of("platform", "statu", "--help"),
            List.of("platform", "--help", "statu"),
            List.of("help", "platform", "statu"))) {
      Run run = run(words.toArray(String[]::new));

      assertThat(run.err())
          .isEqualTo(
              """
              error: there is no command 'statu' [bad-request]
              hint: Did you mean status? See floe platform --help.
              """);
      assertThat(run.exitCode()).isEqualTo(2);
    }
    assertThat(run("platfrom", "--help").err()).contains("Did you mean platform?");
  }
}
