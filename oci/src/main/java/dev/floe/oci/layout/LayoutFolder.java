package dev.floe.oci.layout;

import dev.floe.manifest.Digest;
import dev.floe.oci.Descriptor;
import dev.floe.oci.MediaTypes;
import dev.floe.oci.RawManifest;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/** The files of one image layout; each appears whole or not at all. */
final class LayoutFolder {

  private static final byte[] MARKER =
      "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);

  /** A file lock keeps other processes out, but fails between threads of one. */
  private static final ConcurrentMap<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

  private static final int MOST_OF_AN_INDEX = 64 * 1024 * 1024;

  private final Path folder;

  LayoutFolder(Path folder) {
    this.folder = folder;
  }

  private Path blob(Digest digest) {
    return folder.resolve("blobs").resolve(digest.algorithm()).resolve(digest.hex());
  }

  boolean has(Descriptor blob) throws IOException {
    Path file = blob(blob.digest());
    return Files.isRegularFile(file) && Files.size(file) == blob.size();
  }

  InputStream open(Digest digest) throws IOException {
    return Files.newInputStream(blob(digest));
  }

  /** The manifest, under the type the index knows it by, else the one it names itself. */
  Optional<RawManifest> manifest(Digest digest, Optional<String> mediaType) throws IOException {
    byte[] bytes;
    try (InputStream in = open(digest)) {
      bytes = in.readNBytes(RawManifest.MAX_BYTES + 1);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
    if (bytes.length > RawManifest.MAX_BYTES) {
      throw new IOException(blob(digest) + " is larger than 4 MiB, which no manifest is");
    }
    if (!digest.matches(bytes)) {
      throw new RegistryException(
          RegistryTrouble.DIGEST_MISMATCH,
          "read manifest " + digest,
          folder.toString(),
          "the file has been damaged or changed");
    }
    Json json = Json.read(bytes);
    boolean index = json.member("manifests").isPresent();
    String written =
        json.text("mediaType")
            .or(() -> mediaType)
            .orElse(index ? MediaTypes.OCI_INDEX : MediaTypes.OCI_MANIFEST);
    return Optional.of(RawManifest.of(bytes, written, digest));
  }

  void store(Digest digest, InputStream content) throws IOException {
    Path file = blob(digest);
    Files.createDirectories(file.getParent());
    Path draft = Files.createTempFile(file.getParent(), ".draft-", "");
    try (content) {
      try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        byte[] buffer = new byte[64 * 1024];
        int count;
        while ((count = content.read(buffer)) >= 0) {
          writeAll(out, ByteBuffer.wrap(buffer, 0, count));
        }
        out.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  LayoutIndex index() throws IOException {
    try (InputStream in = Files.newInputStream(folder.resolve("index.json"))) {
      byte[] bytes = in.readNBytes(MOST_OF_AN_INDEX + 1);
      if (bytes.length > MOST_OF_AN_INDEX) {
        throw new IOException(folder.resolve("index.json") + " is larger than 64 MiB");
      }
      return LayoutIndex.read(bytes);
    } catch (NoSuchFileException _) {
      return LayoutIndex.empty();
    }
  }

  /** Replaces the index by what becomes of it; whether that is any different. */
  boolean changeIndex(UnaryOperator<LayoutIndex> change) throws IOException {
    ReentrantLock lock = LOCKS.computeIfAbsent(folder, _ -> new ReentrantLock());
    lock.lock();
    try {
      Files.createDirectories(folder.resolve("blobs"));
      Path marker = folder.resolve("oci-layout");
      try (FileChannel channel =
              FileChannel.open(marker, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        if (channel.size() == 0) {
          writeAll(channel, ByteBuffer.wrap(MARKER));
          channel.force(true);
        }
        return replaceIndex(change);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean replaceIndex(UnaryOperator<LayoutIndex> change) throws IOException {
    LayoutIndex before = index();
    LayoutIndex after = change.apply(before);
    if (after.equals(before) && Files.exists(folder.resolve("index.json"))) {
      return false;
    }
    Path draft = Files.createTempFile(folder, ".draft-", "");
    try {
      Files.write(draft, after.bytes());
      Files.move(draft, folder.resolve("index.json"), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
    return true;
  }
}
