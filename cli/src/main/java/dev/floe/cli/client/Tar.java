package dev.floe.cli.client;

import dev.floe.cli.console.Failure;
import dev.floe.cli.document.Doc;
import dev.floe.cli.document.Documents;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Files as one tar stream: the same files give the same bytes, whoever sends them and when.
 *
 * <p>A folder stands for what is in it, a file for itself, each under its own name.
 */
public final class Tar {

  private static final int FILE = 0644;
  private static final int PROGRAM = 0755;
  private static final int BUFFER = 64 * 1024;

  private final Map<String, Path> entries;

  private Tar(Map<String, Path> entries) {
    this.entries = entries;
  }

  /** Collects {@code sources}; refuses what is missing, empty, twice there, or no plain file. */
  public static Tar of(List<Path> sources) {
    Map<String, Path> entries = new LinkedHashMap<>();
    for (Path source : sources) {
      List<Path> tops = Files.isDirectory(source) ? children(source) : List.of(source);
      for (Path top : tops) {
        String name = name(top);
        if (entries.putIfAbsent(name, top) != null) {
          throw Failure.usage(
              "'%s' and '%s' would both be '%s'".formatted(entries.get(name), top, name),
              "Rename one of them, or give the folder that holds both.");
        }
        check(top);
      }
    }
    if (entries.isEmpty()) {
      throw Failure.usage("there is no file in %s".formatted(sources), "Give --from DIR or FILE.");
    }
    return new Tar(entries);
  }

  /** The names at the top, which become the artifact's layers. */
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /** How many bytes the files have now. */
  public long size() {
    return entries.values().stream().mapToLong(Tar::size).sum();
  }

  private static long size(Path file) {
    try {
      return Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
          ? children(file).stream().mapToLong(Tar::size).sum()
          : Files.size(file);
    } catch (IOException failed) {
      throw unreadable(file, failed);
    }
  }

  /**
   * Writes the stream, telling {@code progress} how many bytes of files are through.
   *
   * @param annotations come first, as an entry of their own, unless there are none
   */
  public void writeTo(OutputStream out, Map<String, String> annotations, LongConsumer progress)
      throws IOException {
    // Closing it would close the request; finishing writes all there is to write.
    TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    if (!annotations.isEmpty()) {
      byte[] json =
          Documents.jsonLine(new Doc(new LinkedHashMap<>(annotations)))
              .getBytes(StandardCharsets.UTF_8);
      tar.putArchiveEntry(entry("annotations.json", FILE, json.length));
      tar.write(json);
      tar.closeArchiveEntry();
    }
    long[] through = {0};
    for (Map.Entry<String, Path> entry : entries.entrySet()) {
      write(tar, entry.getKey(), entry.getValue(), through, progress);
    }
    tar.finish();
  }

  private static void write(
      TarArchiveOutputStream tar, String name, Path file, long[] through, LongConsumer progress)
      throws IOException {
    boolean folder = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    int mode = folder || Files.isExecutable(file) ? PROGRAM : FILE;
    long size = folder ? 0 : size(file);
    tar.putArchiveEntry(entry(folder ? name + "/" : name, mode, size));
    if (!folder) {
      copy(file, size, tar, through, progress);
    }
    tar.closeArchiveEntry();
    if (folder) {
      for (Path child : children(file)) {
        write(tar, name + "/" + name(child), child, through, progress);
      }
    }
  }

  private static TarArchiveEntry entry(String name, int mode, long size) {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setMode(mode);
    entry.setSize(size);
    entry.setLastModifiedTime(FileTime.fromMillis(0));
    entry.setUserId(0);
    entry.setGroupId(0);
    return entry;
  }

  /** Exactly as many bytes as were announced: a file in use may have others by now. */
  private static void copy(
      Path file, long size, OutputStream out, long[] through, LongConsumer progress)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    long left = size;
    try (InputStream in = open(file)) {
      for (int count = read(in, buffer, file); count >= 0; count = read(in, buffer, file)) {
        left -= count;
        if (left < 0) {
          throw changed(file, size, "more");
        }
        out.write(buffer, 0, count);
        through[0] += count;
        progress.accept(through[0]);
      }
    }
    if (left > 0) {
      throw changed(file, size, "fewer");
    }
  }

  private static InputStream open(Path file) {
    try {
      return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException failed) {
      throw unreadable(file, failed);
    }
  }

  private static int read(InputStream in, byte[] buffer, Path file) {
    try {
      return in.read(buffer);
    } catch (IOException failed) {
      throw unreadable(file, failed);
    }
  }

  private static void check(Path file) {
    var _ = name(file);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw Failure.usage("there is no file " + file, "Check the path after --from.");
    }
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      children(file).forEach(Tar::check);
    } else if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw Failure.usage(
          "%s is neither a file nor a folder".formatted(file),
          "Links and devices are not published; replace them with copies.");
    } else if (!Files.isReadable(file)) {
      throw unreadable(file, new AccessDeniedException(file.toString()));
    }
  }

  /** The last part of its path, if that survives being written down. */
  private static String name(Path file) {
    Path last = file.getFileName();
    String name = String.valueOf(last);
    try {
      if (last == null || !last.equals(file.getFileSystem().getPath(name))) {
        throw misnamed(file);
      }
    } catch (InvalidPathException _) {
      throw misnamed(file);
    }
    return name;
  }

  private static Failure misnamed(Path file) {
    return Failure.usage(
        "the name of %s is not UTF-8".formatted(file),
        "Rename it: a name that is read as another one would be lost.");
  }

  private static Failure unreadable(Path file, IOException failed) {
    return Failure.usage(
        "cannot read %s: %s".formatted(file, Trouble.with(failed)),
        "Publish files that you may read and that nobody changes meanwhile.");
  }

  private static Failure changed(Path file, long size, String than) {
    return Failure.usage(
        "%s was to have %d bytes and has %s".formatted(file, size, than),
        "Publish a copy of it: it changes while it is read, or is no file on a disk.");
  }

  private static List<Path> children(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return new ArrayList<>(children.sorted().toList());
    } catch (IOException failed) {
      throw unreadable(folder, failed);
    } catch (UncheckedIOException failed) {
      throw unreadable(folder, new IOException(failed.getMessage(), failed));
    }
  }
}
