package dev.floe.cli;

import dev.floe.cli.console.CliIo;
import dev.floe.cli.console.Console;
import dev.floe.cli.console.Failure;
import dev.floe.cli.console.Failure.Reason;
import dev.floe.cli.session.GlobalOptions;
import dev.floe.cli.session.Session;
import dev.floe.cli.session.Version;
import dev.floe.manifest.Nearest;
import dev.floe.manifest.ProblemCode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The floe command: arguments in, an exit code out, everything else through {@link CliIo}. */
public final class FloeCommand {

  private static final int OK = 0;

  private FloeCommand() {}

  /** Names of the commands that are listed in the help but run by whoever starts this one. */
  public static List<String> knownElsewhere() {
    return CommandTree.elsewhere();
  }

  /** Runs one command to its end. Nothing is thrown, and nothing outlives the call. */
  public static int run(String[] args, CliIo io) {
    Arguments arguments = Arguments.of(args);
    GlobalOptions options = new GlobalOptions();
    try (Session session = new Session(io, options)) {
      try {
        return run(arguments, session);
      } catch (ParameterException wrong) {
        return failed(usage(wrong), arguments, session);
      } catch (Failure failure) {
        return failed(failure, arguments, session);
      } catch (RuntimeException unforeseen) {
        return failed(unexpected(unforeseen), arguments, session);
      }
    }
  }

  private static int run(Arguments arguments, Session session) {
    CommandLine line = CommandTree.along(way(arguments), session);
    ParseResult last = line.parseArgs(arguments.readable());
    if (last.isVersionHelpRequested()) {
      session.console().raw("floe " + Version.text());
      return OK;
    }
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    CommandLine command = last.commandSpec().commandLine();
    if (last.isUsageHelpRequested() || arguments.words().isEmpty()) {
      session.io().out().print(help(command, session));
      session.io().out().flush();
      return OK;
    }
    if (command.getCommand() instanceof Callable<?> callable) {
      return call(callable);
    }
    throw unfinished(command);
  }

  /** Help lists every command below it, so those have to be there. */
  private static List<String> way(Arguments arguments) {
    List<String> words = arguments.words();
    return words.contains("--help") || words.contains("-h") ? List.of() : arguments.way();
  }

  private static int call(Callable<?> command) {
    try {
      return command.call() instanceof Integer code ? code : OK;
    } catch (RuntimeException known) {
      throw known;
    } catch (Exception unforeseen) {
      throw new IllegalStateException(unforeseen);
    }
  }

  private static Failure unfinished(CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    if (command.getSubcommands().isEmpty()) {
      return Failure.usage(
          name + " is not part of this program",
          "The floe launcher runs it; start ./floe rather than the command line's own class.");
    }
    return Failure.usage(
        "which %s command?".formatted(name),
        "One of %s; see %s --help."
            .formatted(String.join(", ", command.getSubcommands().keySet()), name));
  }

  private static String help(CommandLine command, Session session) {
    boolean colour = session.colour() && session.io().terminals().out();
    return command.getUsageMessage(colour ? Ansi.ON : Ansi.OFF);
  }

  private static Failure usage(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    String help = "See %s --help.".formatted(command.getCommandSpec().qualifiedName());
    String message = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().getFirst();
      boolean option = word.startsWith("-");
      String typed = command.getCommandSpec().qualifiedName() + " " + word;
      if (NotYet.contains(typed)) {
        return Failure.of(ProblemCode.NOT_SUPPORTED_YET, typed + " is not supported yet", help);
      }
      Collection<String> known =
          option
              ? command.getCommandSpec().optionsMap().keySet()
              : command.getSubcommands().keySet();
      Optional<String> near = Nearest.to(word.replaceFirst("=.*", ""), known);
      message =
          option || command.getSubcommands().isEmpty()
              ? message
              : "there is no command '%s'".formatted(word);
      help = near.map(meant -> "Did you mean %s? ".formatted(meant)).orElse("") + help;
    }
    return Failure.usage(message, help);
  }

  private static Failure unexpected(RuntimeException unforeseen) {
    String where =
        unforeseen.getStackTrace().length == 0 ? "" : " at " + unforeseen.getStackTrace()[0];
    return new Failure(
        new Reason(
            ProblemCode.UNEXPECTED.code(),
            unforeseen + where,
            "This is a fault of floe itself; please report it with the command you ran.",
            ProblemCode.UNEXPECTED.exitCode(),
            List.of()));
  }

  private static int failed(Failure failure, Arguments arguments, Session session) {
    if (session.options().output == arguments.format()) {
      session.console().failed(failure);
    } else {
      // The parser gave up before it came to the format.
      try (Console console =
          new Console(session.io(), arguments.format(), false, session.colour())) {
        console.failed(failure);
      }
    }
    return failure.exitCode();
  }
}
