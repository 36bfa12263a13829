package dev.floe.registry.adapter.registry;

import dev.floe.manifest.Digest;
import dev.floe.oci.Descriptor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Makes layers of files: each entry of a folder becomes one tar+gzip, from which everything is left
 * out that differs between two machines with the same files: owners, times, order, all but the
 * executable bit of the mode.
 */
final class LayerPacker {

  static final String MEDIA_TYPE = "application/vnd.oci.image.layer.v1.tar+gzip";

  private static final FileTime NO_TIME = FileTime.from(Instant.EPOCH);

  private LayerPacker() {}

  /** Packs every entry of the folder into a file of its own. */
  static List<PackedLayer> pack(Path folder, Path into) throws IOException {
    List<PackedLayer> layers = new ArrayList<>();
    for (Path entry : children(folder)) {
      layers.add(packOne(entry, into.resolve("layer-" + layers.size())));
    }
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("there are no files to publish");
    }
    return layers;
  }

  private static List<Path> children(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new NotDirectoryException(folder.toString());
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted(Comparator.comparing(LayerPacker::name)).toList();
    }
  }

  private static String name(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }

  private static PackedLayer packOne(Path entry, Path file) throws IOException {
    MessageDigest hash = Digest.sha256("").newHash();
    MessageDigest unpacked = Digest.sha256("").newHash();
    try (OutputStream out = Files.newOutputStream(file);
        DigestOutputStream hashed = new DigestOutputStream(out, hash);
        // Java writes neither a name nor a time into gzip's header.
        GZIPOutputStream zipped = new GZIPOutputStream(hashed, 64 * 1024);
        DigestOutputStream bare = new DigestOutputStream(zipped, unpacked);
        TarArchiveOutputStream tar =
            new TarArchiveOutputStream(new BufferedOutputStream(bare), "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      add(tar, entry, name(entry));
    }
    Digest digest = new Digest("sha256", HexFormat.of().formatHex(hash.digest()));
    Descriptor descriptor = new Descriptor(MEDIA_TYPE, digest, Files.size(file));
    Digest bare = new Digest("sha256", HexFormat.of().formatHex(unpacked.digest()));
    return new PackedLayer(name(entry), file, descriptor, bare);
  }

  private static void add(TarArchiveOutputStream tar, Path path, String name) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      put(tar, new TarArchiveEntry(name + "/"), 0755);
      tar.closeArchiveEntry();
      for (Path child : children(path)) {
        add(tar, child, name + "/" + name(child));
      }
    } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(Files.size(path));
      put(tar, entry, Files.isExecutable(path) ? 0755 : 0644);
      Files.copy(path, tar);
      tar.closeArchiveEntry();
    } else {
      // Followed, a link would publish whatever it points at on this machine.
      throw new IllegalArgumentException(
          "\"" + name + "\" is neither a file nor a folder; links are not published");
    }
  }

  private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, int mode)
      throws IOException {
    entry.setMode(mode);
    entry.setIds(0, 0);
    entry.setNames("", "");
    entry.setLastModifiedTime(NO_TIME);
    tar.putArchiveEntry(entry);
  }
}
