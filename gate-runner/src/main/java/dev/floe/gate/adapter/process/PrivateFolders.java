package dev.floe.gate.adapter.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes each attempt of a gate a folder of its own, and takes it away however it was left. */
final class PrivateFolders {

  private static final Logger LOG = LoggerFactory.getLogger(PrivateFolders.class);
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ALONE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path root;

  /** The root belongs to one runner alone; what an earlier one left there is removed. */
  PrivateFolders(Path root) {
    try {
      Files.createDirectories(root, OWNER_ALONE);
      this.root = root.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("could not make the gates' folder " + root, e);
    }
  }

  Path root() {
    return root;
  }

  /** Ends what a runner that died without warning left running, and removes its folders. */
  void sweep() {
    ProcessTree.killStragglers(root);
    try (var left = Files.newDirectoryStream(root)) {
      left.forEach(PrivateFolders::remove);
    } catch (IOException e) {
      LOG.warn("could not clean up {}", root, e);
    }
  }

  Path create() throws IOException {
    Path control = Files.createTempDirectory(root, "gate-", OWNER_ALONE);
    Path own = Files.createDirectory(control.resolve("own"), OWNER_ALONE);
    for (String name : List.of("home", "tmp", "work", "shared")) {
      Files.createDirectory(own.resolve(name), OWNER_ALONE);
    }
    Files.createDirectory(control.resolve("dev"), OWNER_ALONE);
    return control;
  }

  static void remove(Path folder) {
    try {
      Files.walkFileTree(folder, new Removal());
    } catch (IOException e) {
      LOG.warn("could not remove {}: remove it by hand", folder, e);
    }
  }

  /** Follows no links and opens what was closed to its owner. */
  private static final class Removal extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
      if (why instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
      Files.walkFileTree(file, new Removal());
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException why)
        throws IOException {
      delete(folder);
      return FileVisitResult.CONTINUE;
    }

    private static void delete(Path path) throws IOException {
      try {
        Files.deleteIfExists(path);
      } catch (AccessDeniedException _) {
        Path parent = path.toAbsolutePath().getParent();
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx------"));
        Files.deleteIfExists(path);
      }
    }
  }
}
