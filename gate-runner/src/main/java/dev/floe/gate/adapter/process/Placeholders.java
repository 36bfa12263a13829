package dev.floe.gate.adapter.process;

import dev.floe.gate.application.Subject;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills {@code <artifact>}, {@code <digest>}, {@code <version>}, {@code <from_env>} and {@code
 * <to_env>} into the words of a command. A word stays one word whatever is filled in, and what was
 * filled in is not looked at again.
 */
record Placeholders(Subject subject) {

  private static final Pattern PLACEHOLDER =
      Pattern.compile("<(artifact|digest|version|from_env|to_env)>");

  List<String> fill(List<String> words) {
    return words.stream().map(this::fill).toList();
  }

  private String fill(String word) {
    return PLACEHOLDER.matcher(word).replaceAll(m -> Matcher.quoteReplacement(value(m)));
  }

  private String value(MatchResult match) {
    return switch (match.group(1)) {
      case "artifact" -> subject.artifact();
      case "digest" -> subject.digest().toString();
      case "version" -> subject.version();
      case "from_env" -> subject.fromEnv();
      default -> subject.toEnv();
    };
  }
}
