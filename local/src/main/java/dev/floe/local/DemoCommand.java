package dev.floe.local;

import dev.floe.cli.console.Console;
import dev.floe.cli.console.Failure;
import dev.floe.cli.console.Format;
import dev.floe.cli.document.Doc;
import dev.floe.cli.session.Session;
import dev.floe.embedded.folder.CannotStartException;
import dev.floe.embedded.folder.LoopbackPort;
import dev.floe.embedded.folder.TemporaryFolder;
import dev.floe.local.demo.Demo;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code floe demo}: the main job on a throw-away system. */
@Command(
    name = "demo",
    description = "Shows the main job from end to end on a throw-away system.",
    footer = {"", "Examples:", "  floe demo", "  floe demo --keep"})
final class DemoCommand implements Callable<Integer> {

  private final Session session;

  @Option(names = "--keep", description = "Stays afterwards, and says what to try next.")
  boolean keep;

  DemoCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Console console = session.console();
    // The story is the result for people; programs get the digests.
    PrintStream out =
        console.format() == Format.TABLE
            ? new PrintStream(console.results(), true, StandardCharsets.UTF_8)
            : session.io().err();
    Path folder = TemporaryFolder.create("floe-demo-");
    try {
      int port = LoopbackPort.free();
      Path manifest = Demo.manifest(folder.resolve("manifest.yaml"), port);
      Path data = folder.resolve("data");
      out.println(
          "Starting Kafka, PostgreSQL, a schema registry, an OCI registry and floe in " + folder);
      try (FloeSystem system =
          FloeSystem.start(new FloeSystem.Settings(data, port, manifest, "ada@acme.com"))) {
        out.println("Ready: " + system.url());
        console.document(new Doc(new LinkedHashMap<>(new Demo(out, data, folder).tell())));
        if (keep) {
          stay(out, system, folder);
        }
      }
      return 0;
    } catch (CannotStartException | BadManifest cannot) {
      throw Failure.usage(String.valueOf(cannot.getMessage()), "");
    } finally {
      TemporaryFolder.delete(folder);
    }
  }

  private static void stay(PrintStream out, FloeSystem system, Path folder)
      throws InterruptedException {
    out.println();
    out.println("It stays until you press Ctrl-C. In another terminal, try:");
    out.println("  export FLOE_DATA=" + ShellWord.of(system.data()) + " FLOE_USER=ada@acme.com");
    out.println("  ./floe platform status");
    out.println("  ./floe audit tail");
    out.println("  ./floe platform list --environment=prod");
    out.println(
        "  skopeo inspect --tls-verify=false docker://%s/prod/floe-platform:v1.2.3"
            .formatted(system.url().substring("http://".length())));
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  system.close();
                  TemporaryFolder.delete(folder);
                },
                "floe-demo-stop"));
    stopped.await();
  }
}
