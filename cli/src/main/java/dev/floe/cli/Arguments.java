package dev.floe.cli;

import dev.floe.cli.console.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What can be said about arguments before they are parsed. */
record Arguments(List<String> words) {

  private static final Set<String> WITH_VALUE =
      Set.of("--artifact", "-o", "--output", "--url", "--token", "--data", "--user");
  private static final String HELP = "--help";
  private static final String OPTIONS_END = "--";

  Arguments {
    words = List.copyOf(words);
  }

  /** The words as they were typed; {@code help COMMAND} is {@code COMMAND --help}. */
  static Arguments of(String[] args) {
    List<String> words = new ArrayList<>(List.of(args));
    if (!words.isEmpty() && words.getFirst().equals("help")) {
      words.removeFirst();
      words.add(HELP);
    }
    return new Arguments(words);
  }

  boolean askForHelp() {
    return words.contains(HELP) || words.contains("-h");
  }

  /** The words that are no options: the way through the tree of commands, and then more. */
  List<String> way() {
    List<String> way = new ArrayList<>();
    boolean value = false;
    for (String word : words) {
      if (!value && !word.startsWith("-")) {
        way.add(word);
      }
      value = !value && WITH_VALUE.contains(word);
    }
    return way;
  }

  /** How results, and so failures, are to be printed; the parser may not get as far. */
  Format format() {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      String value = "";
      if (word.equals("-o") || word.equals("--output")) {
        value = i + 1 < words.size() ? words.get(i + 1) : "";
      } else if (word.startsWith("--output=")) {
        value = word.substring("--output=".length());
      } else if (word.startsWith("-o")) {
        value = word.substring("-o".length()).replaceFirst("^=", "");
      }
      for (Format format : Format.values()) {
        if (format.name().toLowerCase(Locale.ROOT).equals(value.toLowerCase(Locale.ROOT))) {
          return format;
        }
      }
    }
    return Format.TABLE;
  }

  /**
   * The arguments as the parser can read them: it would take {@code ->} for an option, and the word
   * after a bare {@code --wait} for its value. What an option is given stays as it was typed.
   */
  String[] readable(CommandLine line) {
    CommandSpec command = named(line);
    List<String> readable = new ArrayList<>();
    boolean value = false;
    boolean options = true;
    for (String word : words) {
      OptionSpec option = options && !value ? command.optionsMap().get(word) : null;
      options &= value || !word.equals(OPTIONS_END);
      if (option != null && option.arity().min() == 0 && option.arity().max() > 0) {
        readable.add(word + "=");
      } else {
        readable.add(value || !word.startsWith("->") ? word : "→" + word.substring(2));
      }
      value = option != null && option.arity().min() > 0;
    }
    return readable.toArray(String[]::new);
  }

  /** The command at the end of the way. */
  private CommandSpec named(CommandLine line) {
    CommandLine command = line;
    for (String word : way()) {
      CommandLine next = command.getSubcommands().get(word);
      if (next == null) {
        break;
      }
      command = next;
    }
    return command.getCommandSpec();
  }
}
