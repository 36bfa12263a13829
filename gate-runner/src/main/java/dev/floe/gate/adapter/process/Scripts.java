package dev.floe.gate.adapter.process;

import dev.floe.gate.application.Guarded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The files that gates execute, where one gate could write to what another one executes. */
final class Scripts {

  /** Programs whose first argument that is no option is the script they run. */
  private static final Pattern INTERPRETER =
      Pattern.compile(
          "(ba|da|a|k|z|fi)?sh|python[0-9.]*|node|deno|bun|ruby|perl|php|Rscript|pwsh|java");

  private Scripts() {}

  /**
   * What must stay as it is while a gate may write to {@code folder}: a script that lies right in
   * it, else the folder below it that the script lies in, which could be replaced as a whole.
   */
  static Set<Path> below(Path folder, Guarded guarded) throws IOException {
    Set<Path> kept = new LinkedHashSet<>();
    for (Path script : all(guarded)) {
      for (Path path : List.of(script, script.toRealPath())) {
        if (path.startsWith(folder) && !path.equals(folder)) {
          kept.add(folder.resolve(folder.relativize(path).getName(0)));
        }
      }
    }
    kept.removeIf(Files::isSymbolicLink);
    return kept;
  }

  /** The scripts that cannot be kept: a link that lies right in a folder where gates may write. */
  static Set<Path> replaceable(Guarded guarded) throws IOException {
    Set<Path> links = new LinkedHashSet<>();
    for (Path script : all(guarded)) {
      for (Guarded.Command command : guarded.commands()) {
        Path folder = command.workingDirectory();
        if (folder != null && Files.isDirectory(folder)) {
          Path real = folder.toRealPath();
          boolean below = script.startsWith(real) && !script.equals(real);
          Path first = below ? real.resolve(real.relativize(script).getName(0)) : real;
          if (below && Files.isSymbolicLink(first)) {
            links.add(first);
          }
        }
      }
    }
    return links;
  }

  private static Set<Path> all(Guarded guarded) throws IOException {
    Set<Path> scripts = new LinkedHashSet<>();
    for (Guarded.Command command : guarded.commands()) {
      Path folder = command.workingDirectory();
      if (folder != null && Files.isDirectory(folder) && !command.words().isEmpty()) {
        scripts.addAll(in(command.words(), folder.toRealPath()));
      }
    }
    return scripts;
  }

  private static List<Path> in(List<String> words, Path folder) {
    List<Path> scripts = new ArrayList<>();
    String program = words.getFirst();
    if (program.contains("/")) {
      file(program, folder).ifPresent(scripts::add);
    }
    if (INTERPRETER.matcher(program.substring(program.lastIndexOf('/') + 1)).matches()) {
      words.stream()
          .skip(1)
          .filter(word -> !word.startsWith("-"))
          .findFirst()
          .flatMap(word -> file(word, folder))
          .ifPresent(scripts::add);
    }
    return scripts;
  }

  private static Optional<Path> file(String word, Path folder) {
    try {
      Path path = folder.resolve(word).normalize();
      return Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }
}
