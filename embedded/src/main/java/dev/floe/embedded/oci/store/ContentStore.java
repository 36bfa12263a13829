package dev.floe.embedded.oci.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Bytes by what they hash to: what lies under a digest has been hashed and is on disk. */
final class ContentStore {

  private final Path root;
  private final DurableFiles files;

  ContentStore(Path root, DurableFiles files) {
    this.root = root;
    this.files = files;
  }

  Path path(Digest digest) {
    return root.resolve(digest.algorithm().label())
        .resolve(digest.hex().substring(0, 2))
        .resolve(digest.hex());
  }

  OptionalLong size(Digest digest) throws IOException {
    try {
      return OptionalLong.of(Files.size(path(digest)));
    } catch (NoSuchFileException _) {
      return OptionalLong.empty();
    }
  }

  byte[] read(Digest digest) throws IOException {
    return Files.readAllBytes(path(digest));
  }

  /** The caller has hashed {@code content}. */
  void put(Digest digest, byte[] content) throws IOException {
    files.write(path(digest), content);
  }

  /**
   * Takes {@code file} over under {@code expected}, or leaves it and answers what it hashes to
   * instead. It is hashed as it lies on disk, so a chunk lost in a crash cannot go unnoticed.
   */
  Digest adopt(Path file, Digest expected) throws IOException {
    var hasher = expected.algorithm().hasher();
    try (var sink = new DigestOutputStream(OutputStream.nullOutputStream(), hasher)) {
      Files.copy(file, sink);
    }
    Digest actual = Digest.finished(expected.algorithm(), hasher.digest());
    if (actual.equals(expected)) {
      // Also where there is content already: it heals what a disk has damaged.
      files.move(file, path(expected));
    }
    return actual;
  }

  /** Deletes what {@code keep} does not want; answers the bytes freed. */
  long retain(Predicate<Digest> keep) throws IOException {
    long freed = 0;
    for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
      Path folder = root.resolve(algorithm.label());
      if (!Files.isDirectory(folder)) {
        continue;
      }
      try (var paths = Files.walk(folder, 2)) {
        for (Path path : paths.filter(Files::isRegularFile).toList()) {
          var digest = new Digest(algorithm, String.valueOf(path.getFileName()));
          if (!keep.test(digest)) {
            freed += Files.size(path);
            files.delete(path);
          }
        }
      }
    }
    return freed;
  }
}
