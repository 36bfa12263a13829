package dev.floe.embedded.oci.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.UUID;

/** Files that are on disk, whole and under their name once a method returns. */
final class DurableFiles {

  private final Path tmp;

  /** {@code tmp} must lie on the same file system as everything written. */
  DurableFiles(Path tmp) throws IOException {
    this.tmp = tmp;
    Files.createDirectories(tmp);
    try (var leftovers = Files.newDirectoryStream(tmp)) {
      for (Path leftover : leftovers) {
        Files.deleteIfExists(leftover);
      }
    }
  }

  /** A path of its own for bytes that have no name yet. */
  Path temporary() {
    return tmp.resolve(UUID.randomUUID().toString());
  }

  void write(Path target, byte[] content) throws IOException {
    Path file = temporary();
    try {
      try (var channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        var bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
      move(file, target);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Gives {@code file} the name {@code target}, replacing what had it. */
  void move(Path file, Path target) throws IOException {
    sync(file, StandardOpenOption.WRITE);
    folder(parent(target));
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(parent(target), StandardOpenOption.READ);
  }

  /** Makes an empty file; one that is there gets the time of now. */
  void mark(Path target) throws IOException {
    folder(parent(target));
    try {
      Files.createFile(target);
    } catch (FileAlreadyExistsException _) {
      Files.setLastModifiedTime(target, FileTime.from(Instant.now()));
      return;
    }
    sync(parent(target), StandardOpenOption.READ);
  }

  /** False when there was nothing to delete. */
  boolean delete(Path target) throws IOException {
    boolean deleted = Files.deleteIfExists(target);
    if (deleted) {
      sync(parent(target), StandardOpenOption.READ);
    }
    return deleted;
  }

  void folder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    folder(parent(folder));
    Files.createDirectories(folder);
    sync(parent(folder), StandardOpenOption.READ);
  }

  private static void sync(Path path, StandardOpenOption how) throws IOException {
    try (var channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalArgumentException(path + " has no folder");
    }
    return parent;
  }
}
