package dev.floe.cli.client;

import dev.floe.cli.console.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
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
        String name = top.getFileName().toString();
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
      throw Failure.usage("cannot read %s: %s".formatted(file, failed.getMessage()), "");
    }
  }

  /** Writes the stream, telling {@code progress} how many bytes of files are through. */
  public void writeTo(OutputStream out, LongConsumer progress) throws IOException {
    // Closing it would close the request; finishing writes all there is to write.
    TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
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
    TarArchiveEntry entry = new TarArchiveEntry(folder ? name + "/" : name);
    entry.setMode(folder || Files.isExecutable(file) ? PROGRAM : FILE);
    entry.setSize(folder ? 0 : Files.size(file));
    entry.setLastModifiedTime(FileTime.fromMillis(0));
    entry.setUserId(0);
    entry.setGroupId(0);
    tar.putArchiveEntry(entry);
    if (!folder) {
      copy(file, tar, through, progress);
    }
    tar.closeArchiveEntry();
    if (folder) {
      for (Path child : children(file)) {
        write(tar, name + "/" + child.getFileName(), child, through, progress);
      }
    }
  }

  private static void copy(
      Path file, TarArchiveOutputStream tar, long[] through, LongConsumer progress)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      int count;
      while ((count = in.read(buffer)) >= 0) {
        tar.write(buffer, 0, count);
        through[0] += count;
        progress.accept(through[0]);
      }
    }
  }

  private static void check(Path file) {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw Failure.usage("there is no file " + file, "Check the path after --from.");
    }
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      children(file).forEach(Tar::check);
    } else if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw Failure.usage(
          "%s is neither a file nor a folder".formatted(file),
          "Links and devices are not published; put a copy in their place.");
    }
  }

  private static List<Path> children(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return new ArrayList<>(children.sorted().toList());
    } catch (IOException failed) {
      throw Failure.usage("cannot read %s: %s".formatted(folder, failed.getMessage()), "");
    }
  }
}
