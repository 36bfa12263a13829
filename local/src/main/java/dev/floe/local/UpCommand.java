package dev.floe.local;

import dev.floe.embedded.folder.CannotStartException;
import dev.floe.local.log.LogFiles;
import dev.floe.promotion.application.ManifestDesk;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code floe up}: the whole system, until it is stopped. */
@Command(
    name = "floe up",
    mixinStandardHelpOptions = true,
    description = "Starts the whole system in one process, with embedded real parts.")
final class UpCommand {

  private static final int BAD_USAGE = 2;

  /** Tells the process of its own that nobody looks at its console once it has started. */
  private static final String DETACHED = "FLOE_DETACHED";

  @Option(names = "--manifest", paramLabel = "FILE", description = "Applied now and on change.")
  @Nullable Path manifest;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Default: FLOE_DATA, else ~/.local/share/floe.")
  @Nullable Path data;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Of HTTP, on 127.0.0.1; default 8080.")
  int port;

  @Option(names = "--detach", description = "Return when it is ready; stop it with floe down.")
  boolean detach;

  @Option(
      names = "--allow-empty",
      description = "Apply the manifest even if it takes away all gates or all teams.")
  boolean allowEmpty;

  @Option(names = "--user", paramLabel = "USER", description = "Who has the starter's rights.")
  @Nullable String user;

  static int run(String[] arguments) throws InterruptedException {
    var up = new UpCommand();
    var line = new CommandLine(up);
    try {
      var parsed = line.parseArgs(arguments);
      if (CommandLine.executeHelpRequest(parsed) != null) {
        return 0;
      }
    } catch (CommandLine.ParameterException bad) {
      System.err.println("floe up: " + bad.getMessage());
      System.err.println("Try 'floe up --help'.");
      return BAD_USAGE;
    }
    return up.detach ? up.detached(arguments) : up.attached();
  }

  private int attached() throws InterruptedException {
    var stopped = new CountDownLatch(1);
    try {
      Path folder = DataFolders.of(data);
      FloeSystem system =
          FloeSystem.start(
              new FloeSystem.Settings(folder, port, manifest, Users.of(user), allowEmpty));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(system, stopped), "floe-stop"));
      system.troubles().forEach(trouble -> System.err.println("warning: " + trouble));
      system
          .refusedManifest()
          .ifPresent(
              refused ->
                  System.err.println(
                      "floe up: warning: %s is refused; the last good manifest stays in force:%n%s"
                          .formatted(manifest, refused.getMessage())));
      System.out.println("Ready: " + system.url());
      System.out.println(
          "Anyone who can read %s can act as anyone: this proves the flow, not the people."
              .formatted(folder.resolve(LocalIdentity.KEY_FILE)));
      if (System.getenv(DETACHED) != null) {
        system.leaveConsole();
      }
      watch(system, stopped);
      return 0;
    } catch (CannotStartException | BadManifest | ManifestDesk.TooLarge cannot) {
      System.err.println("floe up: " + cannot.getMessage());
      return BAD_USAGE;
    }
  }

  /** Applies the manifest file again when it changes, until the system stops. */
  private void watch(FloeSystem system, CountDownLatch stopped) throws InterruptedException {
    long seen = modified();
    while (!stopped.await(1, TimeUnit.SECONDS)) {
      long now = modified();
      if (manifest != null && now != seen) {
        seen = now;
        System.out.println(system.applyChanged(manifest));
      }
    }
  }

  private long modified() {
    return manifest == null ? 0 : manifest.toFile().lastModified();
  }

  private static void stop(FloeSystem system, CountDownLatch stopped) {
    stopped.countDown();
    system.close();
  }

  private int detached(String[] arguments) throws InterruptedException {
    Path folder = DataFolders.of(data);
    try {
      Path told = told(folder);
      var process =
          new ProcessBuilder(command(arguments))
              .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
              .redirectErrorStream(true)
              .redirectOutput(told.toFile());
      process.environment().put(DETACHED, "true");
      return follow(process.start(), folder, told);
    } catch (IOException failed) {
      System.err.println("floe up: cannot start a process of its own (%s)".formatted(failed));
      return 1;
    }
  }

  /** What the process says while it starts; its log is opened only once the folder is its own. */
  private static Path told(Path folder) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return Files.createTempFile(folder, "up-", ".out");
  }

  private int follow(Process child, Path folder, Path told)
      throws InterruptedException, IOException {
    String pid = Long.toString(child.pid());
    while (child.isAlive()) {
      if (FloeJson.read(folder, "pid").filter(pid::equals).isPresent()) {
        Path log = folder.resolve(LogFiles.EVENTS);
        print(Files.readAllLines(told), System.out);
        System.out.println(
            "It runs as process %s and logs to %s; stop it with floe down.".formatted(pid, log));
        if (!folder.equals(DataFolders.of(null))) {
          System.out.println("Commands find it with: export FLOE_DATA=" + folder);
        }
        // A machine that dies says so there, past every log.
        Files.move(told, folder.resolve("floe.out"), StandardCopyOption.REPLACE_EXISTING);
        return 0;
      }
      var _ = child.waitFor(100, TimeUnit.MILLISECONDS);
    }
    print(Files.readAllLines(told), System.err);
    Files.delete(told);
    return child.exitValue();
  }

  private static void print(List<String> lines, PrintStream out) {
    lines.subList(Math.max(0, lines.size() - 20), lines.size()).forEach(out::println);
  }

  /** This very JVM's command, less the option to detach. */
  private static List<String> command(String[] arguments) {
    ProcessHandle.Info info = ProcessHandle.current().info();
    List<String> command = new ArrayList<>();
    command.add(info.command().orElse("java"));
    command.addAll(java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Launcher.class.getName());
    command.add("up");
    for (String argument : arguments) {
      if (!argument.equals("--detach")) {
        command.add(argument);
      }
    }
    return command;
  }
}
