package dev.floe.gate.adapter.process;

import dev.floe.gate.application.Guarded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What of the host is hidden from gates, and where that is not enough. */
final class Protection {

  private final Path root;
  private final List<Path> always;
  private final Map<String, String> runners;

  /**
   * @param root the folder of gates' private folders
   * @param always folders and files that are hidden from every gate
   * @param runners the runner's own environment, which says where passwords may be
   */
  Protection(Path root, Collection<Path> always, Map<String, String> runners) {
    this.root = root;
    this.always = List.copyOf(always);
    this.runners = Map.copyOf(runners);
  }

  /**
   * What is there of it, under its real name: by whatever other path a gate comes, it ends there.
   */
  List<Path> hidden(Guarded guarded) throws IOException {
    List<Path> all = new ArrayList<>(List.of(root));
    for (Path path : always) {
      if (Files.exists(path)) {
        all.add(path.toRealPath());
      }
    }
    all.addAll(files(guarded));
    return all;
  }

  /** What a confined gate could do all the same; empty if nothing is known. */
  String gaps(Guarded guarded) {
    try {
      List<String> gaps = new ArrayList<>();
      List<Path> linked = new ArrayList<>();
      for (Path file : files(guarded)) {
        if (((Integer) Files.getAttribute(file, "unix:nlink")) > 1) {
          linked.add(file);
        }
      }
      if (!linked.isEmpty()) {
        gaps.add("The gate can read %s by another name (hard link).".formatted(listed(linked)));
      }
      Set<Path> links = Scripts.replaceable(guarded);
      if (!links.isEmpty()) {
        gaps.add(
            "The gate can replace %s, a link that gates are executed by.".formatted(listed(links)));
      }
      return String.join(" ", gaps);
    } catch (IOException | UnsupportedOperationException e) {
      return "It could not be found out what the gate can read: " + e.getMessage() + ".";
    }
  }

  private Set<Path> files(Guarded guarded) throws IOException {
    Set<Path> named = new LinkedHashSet<>(guarded.files());
    named.addAll(CredentialFiles.in(runners));
    Set<Path> files = new LinkedHashSet<>();
    for (Path file : named) {
      if (Files.isRegularFile(file)) {
        files.add(file.toRealPath());
      }
    }
    return files;
  }

  private static String listed(Collection<Path> paths) {
    return paths.stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}
