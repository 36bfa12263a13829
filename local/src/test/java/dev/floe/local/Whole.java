package dev.floe.local;

import dev.floe.embedded.folder.LoopbackPort;
import dev.floe.embedded.folder.TemporaryFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One running system for all tests of this JVM, on a folder of its own; tests keep out of each
 * other's way by artifacts of their own.
 */
final class Whole {

  static final String OWNER = "owner@acme.com";

  private static @Nullable Whole running;

  private final FloeSystem system;
  private final Path data;
  private final int port;

  private Whole(FloeSystem system, Path data, int port) {
    this.system = system;
    this.data = data;
    this.port = port;
  }

  /** The system, started at the first call and stopped with the JVM. */
  static synchronized Whole running() {
    if (running == null) {
      running = start();
    }
    return running;
  }

  private static Whole start() {
    Path data = TemporaryFolder.create("floe-whole");
    int port = LoopbackPort.free();
    try {
      FloeSystem system = FloeSystem.start(new FloeSystem.Settings(data, port, null, OWNER));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(system, data), "stop-whole"));
      return new Whole(system, data, port);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static void stop(FloeSystem system, Path data) {
    system.close();
    TemporaryFolder.delete(data);
  }

  FloeSystem system() {
    return system;
  }

  Path data() {
    return data;
  }

  int port() {
    return port;
  }

  Door door() {
    return new Door(data, system.url(), Person::plainly);
  }

  /** Applies a manifest in which PORT stands for this system's. */
  void apply(String manifest) {
    Course.apply(door(), OWNER, manifest.replace("PORT", Integer.toString(port)));
  }

  Course course(String artifact, String version) {
    return new Course(door(), artifact, version);
  }

  /** The command line on this system's folder, as {@code user}. */
  Shell shell(String user, String... command) {
    return Shell.run(data, user, command);
  }

  RegistryView registry() {
    return new RegistryView(door().host());
  }
}
