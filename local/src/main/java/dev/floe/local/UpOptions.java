package dev.floe.local;

import dev.floe.cli.client.Trouble;
import dev.floe.cli.console.Failure;
import dev.floe.embedded.folder.LoopbackPort;
import dev.floe.manifest.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What can be said of the options of {@code floe up} before anything starts. */
final class UpOptions {

  private static final int HIGHEST_PORT = 65_535;
  private static final String PORT_FILE = "http.port";

  /** Less than this is gone before Kafka and PostgreSQL have made their first files. */
  private static final long LEAST_SPACE = 512L << 20;

  private UpOptions() {}

  static void checkPort(int port) {
    if (port < 0 || port > HIGHEST_PORT) {
      throw Failure.usage(
          "--port %d is not a port".formatted(port),
          "Give one from 1 to %d, or 0 for a free one.".formatted(HIGHEST_PORT));
    }
  }

  /** For 0 the port that the folder had last, since its manifest may name that, or a free one. */
  static int chosen(int port, Path folder) {
    if (port != 0) {
      return port;
    }
    try {
      int last = Integer.parseInt(Files.readString(folder.resolve(PORT_FILE)).strip());
      return LoopbackPort.isFree(last) ? last : LoopbackPort.free();
    } catch (IOException | NumberFormatException _) {
      return LoopbackPort.free();
    }
  }

  static void remember(int port, Path folder) {
    try {
      Files.writeString(folder.resolve(PORT_FILE), port + "\n");
    } catch (IOException failed) {
      throw isNoSpace(failed)
          ? noSpace(folder)
          : Failure.usage(
              "cannot write %s: %s".formatted(folder.resolve(PORT_FILE), Trouble.with(failed)),
              "Check who owns the folder.");
    }
  }

  static void checkManifest(Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      String why =
          Files.isRegularFile(file)
              ? "permission denied"
              : Files.exists(file) ? "it is not a file" : "there is no such file";
      throw Failure.usage(
          "cannot read %s: %s".formatted(file, why),
          "Start one with floe config sample > manifest.yaml.");
    }
  }

  /** A folder that can be made, or that is there and can be written to, with room on its disk. */
  static void checkFolder(Path folder) {
    Path there = folder;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there) || !Files.isWritable(there)) {
      throw Failure.usage(
          "the data folder %s cannot be used: %s %s"
              .formatted(folder, there, Files.isDirectory(there) ? "is not writable" : "is a file"),
          "Name another with --data or FLOE_DATA.");
    }
    try {
      long space = Files.getFileStore(there).getUsableSpace();
      if (space < LEAST_SPACE) {
        throw noSpace(folder);
      }
    } catch (IOException _) {
      // A file system that does not say: whoever writes there finds out.
    }
  }

  static Failure noSpace(Path folder) {
    return Failure.of(
        ProblemCode.BAD_REQUEST,
        "there is no room on the disk of %s: floe needs %d MiB to start"
            .formatted(folder, LEAST_SPACE >> 20),
        "Free some space, or name a folder on another disk with --data or FLOE_DATA.");
  }

  /** Whether something that went wrong comes from a full disk. */
  static boolean isNoSpace(Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
        return true;
      }
    }
    return false;
  }
}
