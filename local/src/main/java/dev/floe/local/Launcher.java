package dev.floe.local;

import dev.floe.cli.FloeCommand;
import dev.floe.cli.console.CliIo;
import java.util.Arrays;
import java.util.Map;

/** Where {@code floe} begins: what needs the whole system stays here, the rest is the client's. */
public final class Launcher {

  private Launcher() {}

  /** A command that this module adds to the client's. */
  @FunctionalInterface
  interface Command {
    int run(String[] arguments) throws Exception;
  }

  private static final Map<String, Command> OWN =
      Map.of("up", UpCommand::run, "down", DownCommand::run, "demo", DemoCommand::run);

  public static void main(String[] arguments) throws Exception {
    String name = arguments.length == 0 ? "" : arguments[0];
    Command own = OWN.get(name);
    int exitCode =
        own == null
            ? FloeCommand.run(arguments, CliIo.ofProcess())
            : exitCode(own, Arrays.copyOfRange(arguments, 1, arguments.length));
    System.exit(exitCode);
  }

  /** Thrown on, a fault would leave the process alive on the threads of what had been started. */
  static int exitCode(Command own, String[] arguments) throws Exception {
    try {
      return own.run(arguments);
    } catch (RuntimeException unexpected) {
      unexpected.printStackTrace(System.err);
      return 1;
    }
  }
}
