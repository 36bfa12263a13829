package dev.floe.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * Everything that a command knows of the world but the server: nothing in it reads {@code System}.
 *
 * @param terminals which of the streams are terminals
 * @param environment the environment variables
 * @param directory what relative paths are relative to
 */
public record CliIo(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Terminals terminals,
    Map<String, String> environment,
    Path directory,
    InstantSource clock) {

  public CliIo {
    environment = Map.copyOf(environment);
  }

  /** The world of this process. */
  public static CliIo ofProcess() {
    return new CliIo(
        System.in,
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        Terminals.ofProcess(),
        System.getenv(),
        Path.of("").toAbsolutePath(),
        InstantSource.system());
  }

  /** A world without people, for a caller in the same process that wants the output. */
  public static CliIo captured(PrintStream out, PrintStream err, Map<String, String> environment) {
    return new CliIo(
        InputStream.nullInputStream(),
        out,
        err,
        Terminals.NONE,
        environment,
        Path.of("").toAbsolutePath(),
        InstantSource.system());
  }

  /** The value of an environment variable; empty if it is not set. */
  public String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  /** The user's home folder. */
  public Path home() {
    String home = variable("HOME");
    return Path.of(home.isEmpty() ? System.getProperty("user.home", "") : home);
  }

  // Pictures have signs that are not ASCII, whatever the locale says.
  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
