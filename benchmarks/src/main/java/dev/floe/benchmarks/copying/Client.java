package dev.floe.benchmarks.copying;

import dev.floe.manifest.Digest;
import java.io.IOException;
import java.util.Map;

/** Something that copies artifacts from one registry to another. */
interface Client {

  /**
   * Brings the artifacts into a repository of the same name and sets their tags.
   *
   * @param artifacts all that the source repository holds, by tag
   */
  Cost copy(String from, String to, String repository, Map<String, Digest> artifacts)
      throws IOException, InterruptedException;
}
