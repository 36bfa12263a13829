package dev.floe.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes a completion script for fish out of the model of all commands. */
final class FishCompletion {

  private FishCompletion() {}

  static String script(CommandSpec root) {
    List<String> lines = new ArrayList<>();
    lines.add("# Completion of floe for fish: floe completion fish | source");
    lines.add("complete -c floe -f");
    commands(root, List.of(), lines);
    return String.join("\n", lines);
  }

  private static void commands(CommandSpec spec, List<String> way, List<String> lines) {
    Map<String, CommandLine> children = spec.subcommands();
    children.forEach(
        (name, child) ->
            lines.add(
                "complete -c floe -n '%s' -a %s -d '%s'"
                    .formatted(here(way, children.keySet()), name, text(child.getCommandSpec()))));
    for (OptionSpec option : spec.options()) {
      if (option.hidden()) {
        continue;
      }
      lines.add("complete -c floe -n '%s'%s".formatted(here(way, List.of()), option(option)));
    }
    children.forEach(
        (name, child) -> {
          List<String> further = new ArrayList<>(way);
          further.add(name);
          commands(child.getCommandSpec(), further, lines);
        });
  }

  /** True in fish once {@code way} was typed, and none of {@code not}. */
  private static String here(List<String> way, Iterable<String> not) {
    List<String> conditions = new ArrayList<>();
    way.forEach(word -> conditions.add("__fish_seen_subcommand_from " + word));
    String others = String.join(" ", not);
    if (!others.isEmpty()) {
      conditions.add("not __fish_seen_subcommand_from " + others);
    }
    return conditions.isEmpty() ? "true" : String.join("; and ", conditions);
  }

  private static String option(OptionSpec option) {
    StringBuilder text = new StringBuilder();
    for (String name : option.names()) {
      text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    text.append(option.arity().max() > 0 ? " -r" : "");
    String description = String.join(" ", option.description());
    return text.append(" -d '").append(quoted(description)).append('\'').toString();
  }

  private static String text(CommandSpec spec) {
    String[] description = spec.usageMessage().description();
    return description.length == 0 ? "" : quoted(description[0]);
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("'", "\\'");
  }
}
