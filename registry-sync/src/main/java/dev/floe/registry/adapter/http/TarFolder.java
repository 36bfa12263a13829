package dev.floe.registry.adapter.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** A temporary folder with what a tar held: files and folders only, and nothing outside of it. */
final class TarFolder implements AutoCloseable {

  private static final int MOST_ENTRIES = 100_000;
  private static final long MOST_BYTES = 64L << 30;

  /** The stream is no tar that can be published; the message says why. */
  static final class Unusable extends Exception {
    Unusable(String message) {
      super(message);
    }
  }

  private final Path path;

  private TarFolder(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /** Unpacks as the bytes arrive, in constant memory. */
  static TarFolder unpack(InputStream tar) throws IOException, Unusable {
    TarFolder folder = new TarFolder(Files.createTempDirectory("floe-upload-"));
    try {
      folder.fill(new TarArchiveInputStream(tar));
      return folder;
    } catch (IOException | Unusable | RuntimeException failed) {
      folder.close();
      throw failed;
    }
  }

  private void fill(TarArchiveInputStream tar) throws IOException, Unusable {
    int entries = 0;
    long bytes = 0;
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      bytes += Math.max(0, entry.getSize());
      if (++entries > MOST_ENTRIES || bytes > MOST_BYTES) {
        throw new Unusable(
            "the tar holds more than %d entries or %d bytes".formatted(MOST_ENTRIES, MOST_BYTES));
      }
      add(tar, entry);
    }
    if (entries == 0) {
      throw new Unusable("the tar is empty");
    }
  }

  private void add(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException, Unusable {
    Path target = path.resolve(entry.getName()).normalize();
    if (!target.startsWith(path) || entry.getName().startsWith("/")) {
      throw new Unusable("'%s' leads out of the tar".formatted(entry.getName()));
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
    } else if (entry.isFile()) {
      Files.createDirectories(parent(target));
      try (OutputStream out = Files.newOutputStream(target)) {
        var _ = tar.transferTo(out);
      }
      if ((entry.getMode() & 0100) != 0) {
        var _ = target.toFile().setExecutable(true);
      }
    } else {
      throw new Unusable(
          "'%s' is neither a file nor a folder: links and devices are not published"
              .formatted(entry.getName()));
    }
  }

  private Path parent(Path target) {
    Path parent = target.getParent();
    return parent == null ? path : parent;
  }

  @Override
  public void close() throws IOException {
    Files.walkFileTree(path, new Deleting());
  }

  private static final class Deleting extends SimpleFileVisitor<Path> {
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
