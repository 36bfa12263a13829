package dev.floe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.cli.Cli.Run;
import dev.floe.cli.console.CliIo;
import dev.floe.cli.session.GlobalOptions;
import dev.floe.cli.session.Session;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** An option whose value comes from a variable that is not set must not pass for "not given". */
class EmptyTest {

  private static Stream<CommandSpec> leaves(CommandSpec spec) {
    return spec.subcommands().isEmpty()
        ? Stream.of(spec)
        : spec.subcommands().values().stream().flatMap(child -> leaves(child.getCommandSpec()));
  }

  private static Stream<CommandSpec> leaves() {
    var nowhere = new PrintStream(OutputStream.nullOutputStream());
    var session = new Session(CliIo.captured(nowhere, nowhere, Map.of()), new GlobalOptions());
    return leaves(new CommandTree(Map.of()).all(session).getCommandSpec())
        .filter(leaf -> !CommandTree.ELSEWHERE.containsKey(leaf.name()));
  }

  private static String[] command(CommandSpec leaf, String... more) {
    List<String> words = new ArrayList<>(List.of(leaf.qualifiedName().split(" ")));
    words.removeFirst();
    for (var positional : leaf.positionalParameters()) {
      for (int i = 0; i < positional.arity().min(); i++) {
        words.add(leaf.name().equals("completion") ? "bash" : "v1.0.0");
      }
    }
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  @TestFactory
  Stream<DynamicTest> every_option_of_every_command_needs_what_it_is_given() {
    return leaves()
        .flatMap(
            leaf ->
                leaf.options().stream()
                    .filter(option -> option.arity().min() > 0)
                    .map(
                        option ->
                            DynamicTest.dynamicTest(
                                leaf.name() + " " + option.longestName(),
                                () -> refused(leaf, option))));
  }

  private static void refused(CommandSpec leaf, OptionSpec option) {
    try (FakeFloe floe = FakeFloe.start()) {
      for (String nothing : List.of("", " ")) {
        Run run = Cli.at(floe).run(command(leaf, option.longestName(), nothing));

        assertThat(run.err()).contains("error: ").contains(option.longestName());
        assertThat(run.exitCode()).isEqualTo(2);
      }
      assertThat(floe.requests()).isEmpty();
    }
  }

  @Test
  void so_does_a_word_that_is_no_option() {
    try (FakeFloe floe = FakeFloe.start()) {
      assertThat(Cli.at(floe).run("platform", "status", "").err()).contains("<env>");
      assertThat(Cli.at(floe).run("platform", "promote", "v1.0.0", "").exitCode()).isEqualTo(2);
      assertThat(Cli.at(floe).run("config", "apply", "").exitCode()).isEqualTo(2);
      assertThat(floe.requests()).isEmpty();
    }
  }

  @Test
  void a_variable_of_the_environment_that_is_empty_is_not_set() {
    try (FakeFloe floe = FakeFloe.start().on("GET /api/v1/whoami", 200, "{\"user\":\"ada\"}")) {
      Run run = Cli.at(floe).with("FLOE_USER", " ").with("FLOE_DATA", "").run("auth", "whoami");

      assertThat(run.exitCode()).isZero();
    }
  }
}
