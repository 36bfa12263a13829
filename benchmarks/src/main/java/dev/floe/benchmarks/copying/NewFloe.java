package dev.floe.benchmarks.copying;

import dev.floe.manifest.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;

/** Floe in a process that starts for the work and ends with it: nothing is compiled yet. */
final class NewFloe implements Client {

  @Override
  public Cost copy(String from, String to, String repository, Map<String, Digest> artifacts)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    StringBuilder list = new StringBuilder();
    artifacts.forEach((tag, digest) -> list.append(tag).append(' ').append(digest).append('\n'));
    List<String> command =
        List.of(
            java,
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            NewFloe.class.getName(),
            from,
            to,
            repository);
    List<String> said = new ArrayList<>();
    Cost cost = Cost.of(Cost.Of.CHILDREN, () -> said.add(Children.run(command, list.toString())));
    return cost.withGrowth(Double.parseDouble(said.getFirst()));
  }

  /** Reads lines of a tag and a digest; prints by how many MiB the process grew. */
  public static void main(String[] args) throws Exception {
    Map<String, Digest> artifacts = new LinkedHashMap<>();
    try (Scanner words = new Scanner(System.in, StandardCharsets.UTF_8)) {
      while (words.hasNext()) {
        artifacts.put(words.next(), Digest.parse(words.next()));
      }
    }
    Cost cost = new ResidentFloe().copy(args[0], args[1], args[2], artifacts);
    System.out.println(cost.growth());
  }
}
