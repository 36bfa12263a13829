package dev.floe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.cli.console.CliIo;
import dev.floe.cli.session.GlobalOptions;
import dev.floe.cli.session.Session;
import dev.floe.kernel.Requirement;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

@Requirement("D.3")
class ReferencePageTest {

  private static final Pattern SECTION =
      Pattern.compile("(?ms)^### `(floe[^`]*)`$(.*?)(?=^##|\\z)");
  private static final Pattern OPTION = Pattern.compile("(?m)^\\| `(-[^`]*)`");

  private static String page() throws IOException {
    return Files.readString(Path.of("../docs/cli.md"));
  }

  private static CommandSpec root() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Session session = new Session(CliIo.captured(nowhere, nowhere, Map.of()), new GlobalOptions());
    return new CommandTree(Map.of()).all(session).getCommandSpec();
  }

  private static List<CommandSpec> leaves(CommandSpec spec) {
    if (spec.subcommands().isEmpty()) {
      return List.of(spec);
    }
    List<CommandSpec> leaves = new ArrayList<>();
    spec.subcommands().values().forEach(child -> leaves.addAll(leaves(child.getCommandSpec())));
    return leaves;
  }

  private static Set<String> options(CommandSpec spec) {
    Set<String> names = new TreeSet<>();
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        names.add(option.longestName());
      }
    }
    return names;
  }

  private static Set<String> rows(String text) {
    Set<String> rows = new TreeSet<>();
    Matcher row = OPTION.matcher(text);
    while (row.find()) {
      // `-o, --output FORMAT` is about --output.
      rows.add(row.group(1).replaceFirst("^-., ", "").split("[ =\\[]", 2)[0]);
    }
    return rows;
  }

  @Test
  void every_command_has_a_section_with_all_its_own_options_and_no_other() throws IOException {
    CommandSpec root = root();
    Map<String, Set<String>> known = new java.util.TreeMap<>();
    for (CommandSpec leaf : leaves(root)) {
      if (!CommandTree.ELSEWHERE.containsKey(leaf.name())) {
        Set<String> own = options(leaf);
        // In audit search two words of the top have a meaning of their own.
        Set<String> shared = options(root);
        shared.removeAll(leaf.name().equals("search") ? Set.of("--user", "--version") : Set.of());
        own.removeAll(shared);
        known.put(leaf.qualifiedName(), own);
      }
    }
    Map<String, Set<String>> documented = new java.util.TreeMap<>();
    Matcher section = SECTION.matcher(page());
    while (section.find()) {
      if (!CommandTree.ELSEWHERE.containsKey(section.group(1).replaceFirst("^floe ", ""))) {
        documented.put(section.group(1), rows(section.group(2)));
      }
    }

    assertThat(documented).isEqualTo(known);
  }

  @Test
  void every_option_that_all_commands_have_is_described_once() throws IOException {
    String everywhere =
        page().replaceFirst("(?s)^.*## Everywhere", "").replaceFirst("(?s)\n## .*", "");

    assertThat(rows(everywhere)).isEqualTo(options(root()));
  }
}
