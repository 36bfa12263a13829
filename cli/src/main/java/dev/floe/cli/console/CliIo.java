package dev.floe.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * Everything that a command knows of the world but the server: nothing in it reads {@code System}.
 *
 * @param out where results go, as UTF-8; it says so when it cannot take them
 * @param terminals which of the streams are terminals
 * @param environment the environment variables
 * @param directory what relative paths are relative to
 */
public record CliIo(
    InputStream in,
    OutputStream out,
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
        new FileOutputStream(FileDescriptor.out),
        // What cannot be said on standard error cannot be said at all.
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        Terminals.ofProcess(),
        System.getenv(),
        Path.of("").toAbsolutePath(),
        InstantSource.system());
  }

  /** A world without people, for a caller in the same process that wants the output. */
  public static CliIo captured(OutputStream out, PrintStream err, Map<String, String> environment) {
    return new CliIo(
        InputStream.nullInputStream(),
        out,
        err,
        Terminals.NONE,
        environment,
        Path.of("").toAbsolutePath(),
        InstantSource.system());
  }

  /** The value of an environment variable; empty if it is not set, or to nothing but blanks. */
  public String variable(String name) {
    String value = environment.getOrDefault(name, "");
    return value.isBlank() ? "" : value;
  }

  /** The folder that {@code ~} stands for. */
  public Path home() {
    String variable = variable("HOME");
    String home = variable.isEmpty() ? System.getProperty("user.home", "") : variable;
    if (home.isBlank() || home.equals("?")) {
      throw Failure.usage(
          "HOME is not set, so the usual data folder is not known",
          "Set HOME, or name the folder with --data or FLOE_DATA.");
    }
    return path(home);
  }

  /** A path as it was typed, from the folder it was typed in. */
  public Path path(String typed) {
    try {
      return directory.resolve(typed);
    } catch (InvalidPathException wrong) {
      throw Failure.usage(
          "'%s' is not a path: %s".formatted(typed, wrong.getReason()),
          "Check its characters; floe takes paths in UTF-8.");
    }
  }
}
