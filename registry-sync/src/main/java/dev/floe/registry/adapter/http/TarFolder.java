package dev.floe.registry.adapter.http;

import dev.floe.oci.json.Json;
import dev.floe.oci.json.JsonException;
import dev.floe.registry.adapter.http.StrictTar.Unusable;
import dev.floe.registry.application.UploadSpace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.jspecify.annotations.Nullable;

/** A temporary folder with what a tar held: files and folders only, and nothing outside of it. */
final class TarFolder implements AutoCloseable {

  /**
   * How much a tar may hold.
   *
   * @param entries files and folders, those included that only a name speaks of
   * @param bytes as they are written
   */
  record Limits(int entries, long bytes) {
    static final Limits STANDARD = new Limits(100_000, 64L << 30);
  }

  /** A hundred annotations of the longest kind, written as wastefully as JSON can be. */
  private static final int MOST_ANNOTATIONS_BYTES = 24 << 20;

  private static final int PIECE = 128 * 1024;
  private static final int PIECES_BETWEEN_CHECKS = 512;

  private final Path path;
  private final UploadSpace space;
  private final Limits limits;
  private Map<String, String> annotations = Map.of();
  private int entries;
  private long written;
  private int pieces;

  private TarFolder(Path path, UploadSpace space, Limits limits) {
    this.path = path;
    this.space = space;
    this.limits = limits;
  }

  Path path() {
    return path;
  }

  Map<String, String> annotations() {
    return annotations;
  }

  /**
   * Unpacks as the bytes arrive, in constant memory; whatever goes wrong, nothing is left on disk.
   *
   * @param annotated whether the first entry is no file but the annotations, as a JSON object
   * @throws Unusable if it is no tar that can be published
   */
  static TarFolder unpack(InputStream tar, boolean annotated, UploadSpace space, Limits limits)
      throws IOException {
    TarFolder folder = new TarFolder(space.create(), space, limits);
    try {
      var entries = new StrictTar(tar);
      if (annotated) {
        folder.annotations = readAnnotations(entries);
      }
      folder.fill(entries);
      return folder;
    } catch (IOException | RuntimeException failed) {
      folder.close();
      throw failed;
    }
  }

  private static Map<String, String> readAnnotations(StrictTar tar) throws IOException {
    TarArchiveEntry entry = next(tar);
    if (entry == null || !entry.isFile() || entry.getSize() > MOST_ANNOTATIONS_BYTES) {
      throw new Unusable("the tar's first entry does not hold the annotations");
    }
    try {
      if (Json.read(content(tar)) instanceof Json.Members(var byName)) {
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

  private static byte[] content(StrictTar tar) throws IOException {
    try {
      return tar.readAllBytes();
    } catch (Unusable unusable) {
      throw unusable;
    } catch (IOException broken) {
      throw unreadable(broken);
    }
  }

  private static String text(String key, Json value) throws Unusable {
    if (value instanceof Json.Text(String text)) {
      return text;
    }
    throw new Unusable("annotation %s is not a text".formatted(key));
  }

  private void fill(StrictTar tar) throws IOException {
    TarArchiveEntry entry = next(tar);
    if (entry == null) {
      throw new Unusable("the tar is empty");
    }
    for (; entry != null; entry = next(tar)) {
      add(tar, entry);
    }
  }

  private static @Nullable TarArchiveEntry next(StrictTar tar) throws IOException {
    try {
      return tar.getNextEntry();
    } catch (Unusable unusable) {
      throw unusable;
    } catch (IOException | IllegalArgumentException broken) {
      throw unreadable(broken);
    }
  }

  private void add(StrictTar tar, TarArchiveEntry entry) throws IOException {
    List<String> segments = EntryName.segments(entry.getName());
    if (entry.isDirectory()) {
      var _ = folder(entry.getName(), segments);
    } else if (segments.isEmpty()) {
      throw EntryName.refused(entry.getName(), "is a file without a name");
    } else {
      Path parent = folder(entry.getName(), segments.subList(0, segments.size() - 1));
      file(tar, entry, parent.resolve(segments.getLast()));
    }
  }

  private Path folder(String name, List<String> segments) throws IOException {
    Path folder = path;
    for (String segment : segments) {
      folder = folder.resolve(segment);
      if (!Files.isDirectory(folder)) {
        if (Files.exists(folder)) {
          throw EntryName.refused(name, "is in the tar as a file and as a folder");
        }
        countEntry();
        Files.createDirectory(folder);
      }
    }
    return folder;
  }

  private void file(StrictTar tar, TarArchiveEntry entry, Path target) throws IOException {
    if (Files.exists(target)) {
      throw EntryName.refused(entry.getName(), "is in the tar twice");
    }
    countEntry();
    try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
      byte[] piece = new byte[PIECE];
      for (int read = read(tar, piece); read >= 0; read = read(tar, piece)) {
        countBytes(read);
        out.write(piece, 0, read);
      }
    }
    if ((entry.getMode() & 0100) != 0) {
      var _ = target.toFile().setExecutable(true);
    }
  }

  private static int read(StrictTar tar, byte[] piece) throws IOException {
    try {
      return tar.read(piece);
    } catch (Unusable unusable) {
      throw unusable;
    } catch (IOException broken) {
      throw unreadable(broken);
    }
  }

  private void countEntry() throws Unusable {
    if (++entries > limits.entries()) {
      throw new Unusable(
          "the tar holds more than %d files and folders".formatted(limits.entries()));
    }
  }

  private void countBytes(int more) throws IOException {
    written += more;
    if (written > limits.bytes()) {
      throw new Unusable("the tar holds more than %d bytes".formatted(limits.bytes()));
    }
    if (++pieces % PIECES_BETWEEN_CHECKS == 0) {
      space.checkRoom();
    }
  }

  private static Unusable unreadable(Exception broken) {
    return new Unusable("the tar is cut off or damaged (%s)".formatted(broken.getMessage()));
  }

  @Override
  public void close() throws IOException {
    UploadSpace.remove(path);
  }
}
