package dev.floe.local;

import dev.floe.embedded.folder.CannotStartException;
import dev.floe.embedded.folder.LoopbackPort;
import dev.floe.embedded.folder.TemporaryFolder;
import dev.floe.local.demo.Demo;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code floe demo}: the main job on a throw-away system. */
@Command(
    name = "floe demo",
    mixinStandardHelpOptions = true,
    description = "Tells the main job from end to end on a throw-away system.")
final class DemoCommand {

  @Option(names = "--keep", description = "Stay afterwards, and say what to try next.")
  boolean keep;

  static int run(String[] arguments) throws Exception {
    var demo = new DemoCommand();
    try {
      var parsed = new CommandLine(demo).parseArgs(arguments);
      if (CommandLine.executeHelpRequest(parsed) != null) {
        return 0;
      }
    } catch (CommandLine.ParameterException bad) {
      System.err.println("floe demo: " + bad.getMessage());
      return 2;
    }
    return demo.tell();
  }

  private int tell() throws IOException, InterruptedException {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path folder = TemporaryFolder.create("floe-demo-");
    int port = LoopbackPort.free();
    Path data = folder.resolve("data");
    try {
      Path manifest = Demo.manifest(folder.resolve("manifest.yaml"), port);
      out.println(
          "Starting Kafka, PostgreSQL, a schema registry, an OCI registry and floe in " + folder);
      try (FloeSystem system =
          FloeSystem.start(new FloeSystem.Settings(data, port, manifest, "ada@acme.com"))) {
        out.println("Ready: " + system.url());
        new Demo(out, data, folder).tell();
        if (keep) {
          stay(out, system, folder);
        }
      }
      return 0;
    } catch (CannotStartException | BadManifest cannot) {
      System.err.println("floe demo: " + cannot.getMessage());
      return 2;
    } catch (RuntimeException wrong) {
      System.err.println("floe demo: " + wrong.getMessage());
      return 1;
    } finally {
      TemporaryFolder.delete(folder);
    }
  }

  private static void stay(PrintStream out, FloeSystem system, Path folder)
      throws InterruptedException {
    out.println();
    out.println("It stays until you press Ctrl-C. In another terminal, try:");
    out.println("  export FLOE_DATA=" + system.data() + " FLOE_USER=ada@acme.com");
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
