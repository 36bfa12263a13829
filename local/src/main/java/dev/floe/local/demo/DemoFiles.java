package dev.floe.local.demo;

import dev.floe.manifest.SampleManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the demo works with: a platform of four folders, and a manifest that asks for an owner. */
final class DemoFiles {

  private static final String GATE =
      """
            rules:
              - name: has-content
                expr: artifact.layers.size() > 0
                message: The artifact has no layers.
              - name: has-owner
                expr: "'com.acme.owner' in artifact.annotations"
                message: Nobody owns this artifact.
      """;

  private DemoFiles() {}

  /** A platform artifact's folders: manifest, policies, catalog, architecture. */
  static Path platform(Path folder, String version) throws IOException {
    write(folder, "manifest/platform.yaml", "name: floe-platform\nversion: " + version + "\n");
    write(folder, "policies/naming.yaml", "tables: snake_case\nowners: required\n");
    write(folder, "catalog/datasets.yaml", "datasets: [customers, orders, products]\n");
    write(folder, "architecture/overview.md", "# Platform " + version + "\n\nThree layers.\n");
    return folder;
  }

  /** The sample manifest, and a rule of the demo's own. */
  static Path manifest(Path file, int port) throws IOException {
    String yaml = SampleManifest.yaml(port);
    return Files.writeString(file, yaml + GATE);
  }

  private static void write(Path folder, String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    var _ = Files.writeString(file, text);
  }
}
