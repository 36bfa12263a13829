package dev.floe.cli;

import dev.floe.cli.console.Failure;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * What was given has to say something: an unset variable of a script must not pass for "not given".
 */
final class Given {

  private Given() {}

  static void check(ParseResult parsed) {
    for (OptionSpec option : parsed.matchedOptions()) {
      if (option.arity().min() > 0 && saysNothing(option)) {
        throw Failure.usage(
            "%s is empty".formatted(option.longestName()),
            "Give it a value, or leave it out: %s=%s."
                .formatted(option.longestName(), option.paramLabel()));
      }
    }
    for (PositionalParamSpec word : parsed.matchedPositionals()) {
      if (saysNothing(word)) {
        throw Failure.usage(
            "one of the words after %s is empty".formatted(parsed.commandSpec().qualifiedName()),
            "It takes %s; check the variables that the words come from."
                .formatted(word.paramLabel()));
      }
    }
  }

  private static boolean saysNothing(ArgSpec given) {
    List<String> values = given.originalStringValues();
    return values.stream().anyMatch(String::isBlank);
  }
}
