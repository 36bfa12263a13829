package dev.floe.gate.adapter.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds programs the way a shell would, and says why one cannot be started before it is tried. */
final class Programs {

  private static final int LONGEST_FIRST_LINE = 256;

  private Programs() {}

  /** The first executable of that name on the path; names with a slash are not looked up. */
  static Optional<Path> onPath(String name, String path) {
    for (String folder : path.split(":", -1)) {
      if (folder.startsWith("/")) {
        Path candidate = Path.of(folder, name);
        if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
          return Optional.of(candidate);
        }
      }
    }
    return Optional.empty();
  }

  /** A tool of the host that the runner itself needs, wherever systems keep it. */
  static Optional<Path> tool(String name, String path) {
    return onPath(name, path + ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
  }

  /** The absolute path of a command's first word, or the trouble that keeps it from starting. */
  static Path resolve(String word, Path workingDirectory, String path) throws GateTrouble {
    if (word.isEmpty()) {
      throw new GateTrouble("no command", "The gate's command is empty.", CORRECT_COMMAND);
    }
    Path program = word.contains("/") ? named(word, workingDirectory) : searched(word, path);
    if (program.toString().contains("=")) {
      throw new GateTrouble(
          "not startable",
          "The path of the command, %s, contains an equals sign.".formatted(program),
          "Move the program to a path without an equals sign.");
    }
    checkInterpreter(program);
    return program;
  }

  private static final String CORRECT_COMMAND = "Correct the gate's command in the manifest.";

  private static Path named(String word, Path workingDirectory) throws GateTrouble {
    Path program;
    try {
      program = workingDirectory.resolve(word).normalize();
    } catch (InvalidPathException _) {
      throw notFound(word, "it is not a valid path");
    }
    if (!Files.exists(program)) {
      throw notFound(word, "there is no " + program);
    }
    if (!Files.isRegularFile(program)) {
      throw notFound(word, program + " is not a file");
    }
    if (!Files.isExecutable(program)) {
      throw new GateTrouble(
          "not executable",
          "The command %s exists but is not executable.".formatted(program),
          "Make it executable with: chmod +x " + program);
    }
    return program;
  }

  private static Path searched(String word, String path) throws GateTrouble {
    return onPath(word, path)
        .orElseThrow(() -> notFound(word, "it is not in any folder of PATH " + path));
  }

  private static GateTrouble notFound(String word, String why) {
    return new GateTrouble(
        "command not found",
        "The command %s was not found: %s.".formatted(word, why),
        "Install %s on the gate runner's host, or correct the gate's command or its PATH in the manifest."
            .formatted(word));
  }

  /** A script whose interpreter is missing looks to the kernel as if the script were missing. */
  private static void checkInterpreter(Path program) throws GateTrouble {
    List<String> words = interpreterOf(program);
    if (!words.isEmpty() && !Files.isExecutable(Path.of(words.getFirst()))) {
      throw new GateTrouble(
          "command not found",
          "The script %s asks for the interpreter %s, which does not exist here."
              .formatted(program, words.getFirst()),
          "Install the interpreter or correct the script's first line.");
    }
  }

  private static List<String> interpreterOf(Path program) {
    try (InputStream in = Files.newInputStream(program)) {
      String start = new String(in.readNBytes(LONGEST_FIRST_LINE), StandardCharsets.ISO_8859_1);
      if (!start.startsWith("#!")) {
        return List.of();
      }
      String line = start.substring(2, start.contains("\n") ? start.indexOf('\n') : start.length());
      List<String> words = new ArrayList<>(List.of(line.strip().split("[ \t]+")));
      words.removeIf(String::isEmpty);
      return words;
    } catch (IOException _) {
      // Executable but not readable is a legal state of a program; the kernel will tell.
      return List.of();
    }
  }
}
