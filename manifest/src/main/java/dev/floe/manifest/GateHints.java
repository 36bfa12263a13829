package dev.floe.manifest;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** Warns of commands that are right as they stand but will hardly do what was meant. */
final class GateHints {

  private static final Set<String> SHELL =
      Set.of("|", "||", "&&", ";", "&", ">", ">>", "<", "2>&1", "2>");
  private static final List<String> PLACEHOLDERS =
      List.of("artifact", "digest", "version", "from_env", "to_env");
  private static final Pattern PLACEHOLDER = Pattern.compile("<([a-z][a-z_-]*)>");

  private GateHints() {}

  static void warnOfShell(Problems problems, Node node, List<String> words) {
    for (String word : words) {
      if (SHELL.contains(word)) {
        problems.warning(
            node,
            "no shell runs the command: %s is passed on as an argument".formatted(word),
            "use a list: [sh, -c, \"…\"]");
        return;
      }
    }
  }

  static void warnOfPlaceholders(Problems problems, Node node, List<String> words) {
    for (String word : words) {
      Matcher matcher = PLACEHOLDER.matcher(word);
      while (matcher.find()) {
        String name = matcher.group(1);
        if (!PLACEHOLDERS.contains(name)) {
          problems.warning(
              node,
              "<%s> is no placeholder and stays as it is".formatted(name),
              "known: <%s>".formatted(String.join(">, <", PLACEHOLDERS)));
        }
      }
    }
  }
}
