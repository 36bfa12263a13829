package dev.floe.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ScopeType;

/** How help looks: a command's own options first, those of every command apart. */
final class Help {

  private static final int NARROWEST = 80;
  private static final int WIDEST = 100;

  private Help() {}

  /** Gives all commands the same help, as wide as the terminal where that reads well. */
  static void style(CommandLine line, String columns) {
    int wanted = columns.matches("[0-9]{1,4}") ? Integer.parseInt(columns) : NARROWEST;
    line.setUsageHelpWidth(Math.clamp(wanted, NARROWEST, WIDEST));
    Map<String, IHelpSectionRenderer> sections = new HashMap<>(line.getHelpSectionMap());
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, Help::options);
    line.setHelpSectionMap(sections);
  }

  private static String options(CommandLine.Help help) {
    List<OptionSpec> all =
        help.commandSpec().options().stream().filter(option -> !option.hidden()).toList();
    List<OptionSpec> own = all.stream().filter(option -> !isShared(option)).toList();
    List<OptionSpec> shared = all.stream().filter(Help::isShared).toList();
    return section(help, "Options:", own) + section(help, "Options of every command:", shared);
  }

  /** Handed down from the top, or the one that {@link CommandTree} adds by hand. */
  private static boolean isShared(OptionSpec option) {
    return option.scopeType() == ScopeType.INHERIT || option.userObject() == null;
  }

  private static String section(CommandLine.Help help, String heading, List<OptionSpec> options) {
    return options.isEmpty()
        ? ""
        : "%n%s%n%s".formatted(heading, help.optionListExcludingGroups(options));
  }
}
