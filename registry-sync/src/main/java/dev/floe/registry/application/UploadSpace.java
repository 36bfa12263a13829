package dev.floe.registry.application;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where files lie while a version is taken in: a folder of this process alone. What an earlier one
 * left there is removed at the start.
 */
public final class UploadSpace {

  /** Left to everything else that writes to the same disk. */
  private static final long KEPT_FREE = 512L << 20;

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ALONE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path root;

  private UploadSpace(Path root) {
    this.root = root;
  }

  /** The space below that folder, empty. */
  public static UploadSpace in(Path root) {
    try {
      if (Files.exists(root)) {
        remove(root);
      }
      Files.createDirectories(root, OWNER_ALONE);
      return new UploadSpace(root);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder for uploads cannot be used: " + root, e);
    }
  }

  /** A new folder, empty. */
  public Path create() throws IOException {
    checkRoom();
    return Files.createTempDirectory(root, "upload-", OWNER_ALONE);
  }

  /**
   * Refuses to write more where the disk is nearly full.
   *
   * @throws FileStore.Unavailable if it is
   */
  public void checkRoom() throws IOException {
    long free = Files.getFileStore(root).getUsableSpace();
    if (free < KEPT_FREE) {
      throw new FileStore.Unavailable(
          "storage-full",
          "The disk under %s has %d MiB left, and uploads leave %d MiB free."
              .formatted(root, free >> 20, KEPT_FREE >> 20),
          null);
    }
  }

  /** Removes a folder with all that it holds. */
  public static void remove(Path folder) throws IOException {
    Files.walkFileTree(folder, new Removal());
  }

  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed)
        throws IOException {
      if (failed != null) {
        throw failed;
      }
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
