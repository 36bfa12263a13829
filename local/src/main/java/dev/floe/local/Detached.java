package dev.floe.local;

import dev.floe.cli.console.Console;
import dev.floe.cli.console.Failure;
import dev.floe.cli.document.Doc;
import dev.floe.cli.session.Session;
import dev.floe.embedded.folder.PrivateFiles;
import dev.floe.local.log.LogFiles;
import dev.floe.manifest.ProblemCode;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code floe up --detach}: a process of its own, followed until it is ready or has given up. */
final class Detached {

  /** Tells the process of its own that nobody looks at its console once it has started. */
  static final String VARIABLE = "FLOE_DETACHED";

  private static final Pattern ERROR = Pattern.compile("error: (?<why>.*) \\[(?<code>[a-z-]+)]");
  private static final String HINT = "hint: ";
  private static final int LAST = 20;

  private final Session session;
  private final Console console;
  private final FloeSystem.Settings settings;
  private final Path log;

  Detached(Session session, FloeSystem.Settings settings) {
    this.session = session;
    this.console = session.console();
    this.settings = settings;
    this.log = settings.data().resolve(LogFiles.EVENTS);
  }

  int start() throws InterruptedException {
    try {
      Path told = told();
      var process =
          new ProcessBuilder(command())
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectErrorStream(true)
              .redirectOutput(told.toFile());
      process.environment().put(VARIABLE, "true");
      return follow(process.start(), told);
    } catch (IOException failed) {
      throw UpOptions.isNoSpace(failed)
          ? UpOptions.noSpace(settings.data())
          : Failure.usage(
              "cannot start a process on %s: %s".formatted(settings.data(), failed.getMessage()),
              "Check the folder, and that there is memory for one more process.");
    }
  }

  /** What the process says while it starts; its log is opened only once the folder is its own. */
  private Path told() throws IOException {
    PrivateFiles.createFolder(settings.data());
    return Files.createTempFile(settings.data(), "up-", ".out");
  }

  private int follow(Process child, Path told) throws InterruptedException, IOException {
    String pid = Long.toString(child.pid());
    while (child.isAlive()) {
      console.activity("Starting as process " + pid);
      if (FloeJson.read(settings.data(), "pid").filter(pid::equals).isPresent()) {
        List<String> lines = Files.readAllLines(told);
        lines.stream().takeWhile(line -> !line.startsWith("Ready: ")).forEach(console::note);
        // A machine that dies says so there, past every log.
        Files.move(told, settings.data().resolve("floe.out"), StandardCopyOption.REPLACE_EXISTING);
        Doc running = Running.document(settings.data()).with("log", log.toString());
        console.result(running, () -> lines(running));
        return 0;
      }
      var _ = child.waitFor(100, TimeUnit.MILLISECONDS);
    }
    List<String> lines = Files.readAllLines(told);
    Files.delete(told);
    throw reason(lines);
  }

  private List<String> lines(Doc running) {
    List<String> lines = new ArrayList<>(Running.lines(running, session));
    lines.add(
        1,
        "It runs as process %s and logs to %s; floe down stops it."
            .formatted(running.text("pid"), log));
    return lines;
  }

  /** Why it gave up, in its own words. */
  private Failure reason(List<String> told) {
    for (int i = told.size() - 1; i >= 0; i--) {
      Matcher error = ERROR.matcher(told.get(i));
      if (error.matches()) {
        told.subList(Math.max(0, i - LAST), i).forEach(console::note);
        boolean hinted = i + 1 < told.size() && told.get(i + 1).startsWith(HINT);
        return Failure.of(
            ProblemCode.of(error.group("code")).orElse(ProblemCode.UNEXPECTED),
            error.group("why"),
            hinted ? told.get(i + 1).substring(HINT.length()) : "");
      }
    }
    told.subList(Math.max(0, told.size() - LAST), told.size()).forEach(console::note);
    return Failure.of(
        ProblemCode.UNEXPECTED,
        "the process ended before it was ready",
        "See " + log + ", if it came that far.");
  }

  /** This very JVM's command, for one that stays. */
  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Launcher.class.getName(), "up", "--data", settings.data().toString()));
    command.addAll(List.of("--port", Integer.toString(settings.port())));
    command.addAll(List.of("--min-free", Integer.toString(settings.minFreeMb())));
    command.addAll(List.of("--user", settings.startedBy(), "--no-color"));
    if (settings.allowEmpty()) {
      command.add("--allow-empty");
    }
    if (settings.manifest() != null) {
      command.addAll(List.of("--manifest", settings.manifest().toString()));
    }
    return command;
  }
}
