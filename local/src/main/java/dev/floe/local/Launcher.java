package dev.floe.local;

import dev.floe.cli.FloeCommand;
import dev.floe.cli.console.CliIo;
import dev.floe.cli.session.Session;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Where {@code floe} begins: what needs the whole system is added here to the client's commands.
 */
public final class Launcher {

  static final Map<String, Function<Session, Object>> OWN =
      Map.of("up", UpCommand::new, "down", DownCommand::new, "demo", DemoCommand::new);

  private Launcher() {}

  public static void main(String[] arguments) {
    System.exit(exitCode(words -> FloeCommand.run(words, CliIo.ofProcess(), OWN), arguments));
  }

  /** Thrown on, a fault would leave the process alive on the threads of what had been started. */
  static int exitCode(ToIntFunction<String[]> command, String[] arguments) {
    // Words and numbers mean the same on every machine; in Turkish even CLASSIC has another i.
    Locale.setDefault(Locale.ROOT);
    try {
      return command.applyAsInt(arguments);
    } catch (Throwable unexpected) {
      unexpected.printStackTrace(System.err);
      return 1;
    }
  }
}
