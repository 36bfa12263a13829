package dev.floe.local;

import dev.floe.cli.console.Failure;
import dev.floe.cli.document.Doc;
import dev.floe.cli.session.Session;
import dev.floe.embedded.folder.DataFolder;
import dev.floe.manifest.ProblemCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;

/** {@code floe down}: stops the system that runs on a data folder. */
@Command(
    name = "down",
    description = "Stops the system that runs on a data folder.",
    footer = {"", "Example:", "  floe down --data ./data"})
final class DownCommand implements Callable<Integer> {

  private final Session session;

  DownCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    Path folder = session.folder().path().toAbsolutePath().normalize();
    Optional<ProcessHandle> running = DataFolder.holder(folder);
    if (running.isEmpty()) {
      throw Failure.of(
          ProblemCode.NOT_FOUND,
          "nothing runs on %s".formatted(folder),
          "Name the folder of floe up with --data or FLOE_DATA.");
    }
    ProcessHandle process = running.get();
    session.console().activity("Stopping process " + process.pid());
    var _ = process.destroy();
    try {
      var _ = process.onExit().get(30, TimeUnit.SECONDS);
    } catch (TimeoutException _) {
      throw Failure.of(
          ProblemCode.TIMED_OUT,
          "process %d does not stop".formatted(process.pid()),
          "kill -9 %d loses nothing that was acknowledged.".formatted(process.pid()));
    }
    Doc stopped = new Doc(Map.of("stopped", process.pid(), "data", folder.toString()));
    session
        .console()
        .result(
            stopped, () -> List.of("Stopped process %d on %s".formatted(process.pid(), folder)));
    return 0;
  }
}
