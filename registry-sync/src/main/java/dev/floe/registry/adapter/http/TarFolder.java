package dev.floe.registry.adapter.http;

import dev.floe.oci.json.Json;
import dev.floe.oci.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
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

  /** A hundred annotations of the longest kind, written as wastefully as JSON can be. */
  private static final int MOST_ANNOTATIONS_BYTES = 24 << 20;

  private final Path path;
  private Map<String, String> annotations = Map.of();

  private TarFolder(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  Map<String, String> annotations() {
    return annotations;
  }

  /** Unpacks as the bytes arrive, in constant memory. */
  static TarFolder unpack(InputStream tar) throws IOException, Unusable {
    return unpack(tar, false);
  }

  /**
   * The same.
   *
   * @param annotated whether the first entry is no file but the annotations, as a JSON object
   */
  static TarFolder unpack(InputStream tar, boolean annotated) throws IOException, Unusable {
    TarFolder folder = new TarFolder(Files.createTempDirectory("floe-upload-"));
    try {
      var entries = new TarArchiveInputStream(tar);
      if (annotated) {
        folder.annotations = readAnnotations(entries);
      }
      folder.fill(entries);
      return folder;
    } catch (IOException | Unusable | RuntimeException failed) {
      folder.close();
      throw failed;
    }
  }

  private static Map<String, String> readAnnotations(TarArchiveInputStream tar)
      throws IOException, Unusable {
    TarArchiveEntry entry = tar.getNextEntry();
    if (entry == null || !entry.isFile() || entry.getSize() > MOST_ANNOTATIONS_BYTES) {
      throw new Unusable("the tar's first entry does not hold the annotations");
    }
    try {
      if (Json.read(tar.readAllBytes()) instanceof Json.Members(var byName)) {
        Map<String, String> annotations = new LinkedHashMap<>();
        for (Map.Entry<String, Json> member : byName.entrySet()) {
          annotations.put(member.getKey(), text(member.getKey(), member.getValue()));
        }
        return annotations;
      }
      throw new Unusable("the annotations are not a JSON object");
    } catch (JsonException wrong) {
      throw new Unusable("the annotations are not JSON: " + wrong.getMessage());
    }
  }

  private static String text(String key, Json value) throws Unusable {
    if (value instanceof Json.Text(String text)) {
      return text;
    }
    throw new Unusable("annotation %s is not a text".formatted(key));
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
