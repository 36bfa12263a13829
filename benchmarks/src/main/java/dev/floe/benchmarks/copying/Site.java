package dev.floe.benchmarks.copying;

import dev.floe.oci.testing.DockerRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** A registry of its own process on an empty folder, which goes with it. */
final class Site implements AutoCloseable {

  private final Path folder;
  private final DockerRegistry registry;

  private Site(Path folder, DockerRegistry registry) {
    this.folder = folder;
    this.registry = registry;
  }

  static Site open() throws IOException {
    Path folder = Files.createTempDirectory("floe-copy");
    return new Site(folder, DockerRegistry.start(folder));
  }

  String host() {
    return registry.host();
  }

  RequestLog requests() {
    return new RequestLog(folder.resolve("registry.log"));
  }

  @Override
  public void close() throws IOException {
    registry.close();
    List<Path> all;
    try (var files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }
}
