package dev.floe.cli.config;

import dev.floe.cli.console.Format;
import dev.floe.cli.document.Documents;
import dev.floe.cli.session.Session;
import dev.floe.manifest.SampleManifest;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code floe config sample}. */
@Command(
    name = "sample",
    description = "Prints a manifest to start from.",
    footer = {"", "Example:", "  floe config sample > manifest.yaml"})
public final class Sample implements Callable<Integer> {

  private final Session session;

  private static final int USUAL_PORT = 8080;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port of the embedded registry; without it the running one's, else 8080.")
  int port;

  public Sample(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    String yaml = SampleManifest.yaml(port > 0 ? port : running());
    if (session.console().format() == Format.JSON) {
      session.console().document(Documents.parseYaml(yaml));
    } else {
      session.console().raw(yaml.stripTrailing());
    }
    return 0;
  }

  private int running() {
    return session
        .folder()
        .running()
        .map(running -> URI.create(running.text("url")).getPort())
        .filter(found -> found > 0)
        .orElse(USUAL_PORT);
  }
}
