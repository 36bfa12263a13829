package dev.floe.cli;

import dev.floe.cli.console.CliIo;
import dev.floe.cli.console.Console;
import dev.floe.cli.console.Failure;
import dev.floe.cli.console.Failure.Reason;
import dev.floe.cli.console.OutputLost;
import dev.floe.cli.session.GlobalOptions;
import dev.floe.cli.session.Session;
import dev.floe.cli.session.Version;
import dev.floe.manifest.Nearest;
import dev.floe.manifest.ProblemCode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The floe command: arguments in, an exit code out, everything else through {@link CliIo}. */
public final class FloeCommand {

  private static final int OK = 0;

  private final Arguments arguments;
  private final CommandTree tree;
  private final Session session;

  private FloeCommand(Arguments arguments, CommandTree tree, Session session) {
    this.arguments = arguments;
    this.tree = tree;
    this.session = session;
  }

  /**
   * Runs one command of the client to its end. Nothing is thrown, and nothing outlives the call.
   */
  public static int run(String[] args, CliIo io) {
    return run(args, io, Map.of());
  }

  /**
   * The same for a program that has more commands than the client.
   *
   * @param more makes the commands that the client only describes, by their names
   */
  public static int run(String[] args, CliIo io, Map<String, Function<Session, Object>> more) {
    try (Session session = new Session(io, new GlobalOptions())) {
      return new FloeCommand(Arguments.of(args), new CommandTree(more), session).ended();
    } catch (OutputLost lost) {
      if (!lost.isReaderGone()) {
        io.err().print("error: %s\n".formatted(lost.getMessage()));
        io.err().flush();
      }
      return lost.exitCode();
    }
  }

  private int ended() {
    try {
      return run();
    } catch (ParameterException wrong) {
      return failed(usage(wrong));
    } catch (Failure failure) {
      return failed(failure);
    } catch (OutputLost lost) {
      throw lost;
    } catch (RuntimeException unforeseen) {
      return failed(unexpected(unforeseen));
    }
  }

  private int run() {
    CommandLine line = tree.along(way(), session);
    ParseResult last = line.parseArgs(arguments.readable(line));
    if (last.isVersionHelpRequested()) {
      session.console().raw("floe " + Version.text());
      return OK;
    }
    Given.check(last);
    while (last.hasSubcommand()) {
      last = last.subcommand();
      Given.check(last);
    }
    CommandLine command = last.commandSpec().commandLine();
    if (last.isUsageHelpRequested() || arguments.words().isEmpty()) {
      refuseUnknown(command, last.unmatched());
      session.console().raw(help(command).stripTrailing());
      return OK;
    }
    if (command.getCommand() instanceof Callable<?> callable) {
      return call(callable);
    }
    throw unfinished(command);
  }

  /** Help lists every command below it, so those have to be there. */
  private List<String> way() {
    return arguments.askForHelp() ? List.of() : arguments.way();
  }

  private static void refuseUnknown(CommandLine command, List<String> unmatched) {
    if (!unmatched.isEmpty() && !command.getSubcommands().isEmpty()) {
      throw new UnmatchedArgumentException(command, unmatched);
    }
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

  private String help(CommandLine command) {
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

  private int failed(Failure failure) {
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
