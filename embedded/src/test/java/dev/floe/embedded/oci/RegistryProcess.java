package dev.floe.embedded.oci;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A registry in a JVM of its own, so that a test can kill it. */
final class RegistryProcess {
  private RegistryProcess() {}

  public static void main(String[] args) throws Exception {
    Path ready = Path.of(args[1]);
    try (var server = OciRegistryServer.start(Path.of(args[0]))) {
      Path fresh = ready.resolveSibling("ready.new");
      Files.writeString(fresh, server.host());
      Files.move(fresh, ready);
      new CountDownLatch(1).await();
    }
  }
}
