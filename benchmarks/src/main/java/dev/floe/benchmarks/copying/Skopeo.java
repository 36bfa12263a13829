package dev.floe.benchmarks.copying;

import dev.floe.manifest.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Skopeo as it is run from a script: {@code copy} for a single artifact, {@code sync} for many,
 * which is one process for all of them and passes over what the target has.
 */
final class Skopeo implements Client {

  private static final String PROGRAM = "/usr/bin/skopeo";

  static boolean isInstalled() {
    return Files.isExecutable(Path.of(PROGRAM));
  }

  static String version() throws IOException, InterruptedException {
    return Children.run(List.of(PROGRAM, "--version"), "");
  }

  @Override
  public Cost copy(String from, String to, String repository, Map<String, Digest> artifacts)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PROGRAM, "--insecure-policy"));
    boolean single = artifacts.size() == 1;
    command.add(single ? "copy" : "sync");
    command.addAll(
        List.of(
            "--all", "--preserve-digests", "--src-tls-verify=false", "--dest-tls-verify=false"));
    if (single) {
      String tag = artifacts.keySet().iterator().next();
      command.add("docker://%s/%s:%s".formatted(from, repository, tag));
      command.add("docker://%s/%s:%s".formatted(to, repository, tag));
    } else {
      // It puts the repository below the place that it is given.
      command.addAll(List.of("--src", "docker", "--dest", "docker", from + "/" + repository, to));
    }
    return Cost.of(Cost.Of.CHILDREN, () -> Children.run(command, ""));
  }
}
