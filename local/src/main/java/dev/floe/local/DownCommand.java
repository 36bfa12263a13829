package dev.floe.local;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code floe down}: stops the system that runs on a data folder. */
@Command(
    name = "floe down",
    mixinStandardHelpOptions = true,
    description = "Stops the system that runs on a data folder.")
final class DownCommand {

  private static final int NOT_FOUND = 3;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Default: FLOE_DATA, else ~/.local/share/floe.")
  @Nullable Path data;

  static int run(String[] arguments) throws Exception {
    var down = new DownCommand();
    try {
      var parsed = new CommandLine(down).parseArgs(arguments);
      if (CommandLine.executeHelpRequest(parsed) != null) {
        return 0;
      }
    } catch (CommandLine.ParameterException bad) {
      System.err.println("floe down: " + bad.getMessage());
      return 2;
    }
    return down.stop();
  }

  private int stop() throws Exception {
    Path folder = DataFolders.of(data);
    Optional<ProcessHandle> running =
        FloeJson.read(folder, "pid").map(Long::parseLong).flatMap(ProcessHandle::of);
    if (running.isEmpty()) {
      System.err.println("floe down: nothing runs on %s".formatted(folder));
      return NOT_FOUND;
    }
    ProcessHandle process = running.get();
    var _ = process.destroy();
    try {
      var _ = process.onExit().get(30, TimeUnit.SECONDS);
    } catch (TimeoutException _) {
      System.err.println(
          "floe down: process %d does not stop; kill -9 %d loses nothing that was acknowledged"
              .formatted(process.pid(), process.pid()));
      return 5;
    }
    System.out.println("Stopped process %d on %s".formatted(process.pid(), folder));
    return 0;
  }
}
