package dev.floe.embedded.oci.store;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;

/** Everything a registry keeps, in one folder that one process at a time owns. */
public final class RegistryFolder {

  private static final int STRIPES = 64;

  /** So young a blob is safe from collection for as long as one is without a manifest. */
  private static final Duration FRESH = Duration.ofMinutes(5);

  private final Path repositories;
  private final DurableFiles files;
  private final ContentStore contents;
  private final List<Lock> writers =
      IntStream.range(0, STRIPES).<Lock>mapToObj(_ -> new ReentrantLock()).toList();

  /** Held for reading while content is on its way to a link, for writing while garbage goes. */
  private final ReadWriteLock garbage = new ReentrantReadWriteLock();

  public RegistryFolder(Path root) throws IOException {
    this.repositories = root.resolve("repositories");
    this.files = new DurableFiles(root.resolve("tmp"));
    this.contents = new ContentStore(root.resolve("blobs"), files);
    files.folder(repositories.toAbsolutePath());
  }

  public Repository repository(RepositoryName name) {
    Lock writer = writers.get(Math.floorMod(name.hashCode(), STRIPES));
    return new Repository(repositories.resolve(name.value()), files, contents, writer);
  }

  public List<RepositoryName> repositories() throws IOException {
    return folders().stream()
        .map(folder -> RepositoryName.parse(repositories.relativize(folder).toString()))
        .flatMap(Optional::stream)
        .filter(name -> repository(name).exists())
        .sorted()
        .toList();
  }

  /** Keeps a manifest; see {@link Repository#put}. */
  public Sent put(
      RepositoryName name,
      Digest digest,
      byte[] content,
      ManifestDocument document,
      Optional<String> tag,
      boolean moves)
      throws IOException {
    garbage.readLock().lock();
    try {
      return repository(name).put(digest, content, document, tag, moves);
    } finally {
      garbage.readLock().unlock();
    }
  }

  /**
   * The size of a blob that {@code name} has. Who asks may be about to push a manifest that names
   * it, so from now on it counts as pushed again.
   */
  public OptionalLong asked(RepositoryName name, Digest digest) throws IOException {
    Repository repository = repository(name);
    Optional<Instant> pushed = repository.pushed(digest);
    if (pushed.isEmpty() || pushed.get().isAfter(Instant.now().minus(FRESH))) {
      return repository.blobSize(digest);
    }
    garbage.readLock().lock();
    try {
      return repository.asked(digest);
    } finally {
      garbage.readLock().unlock();
    }
  }

  /** Gives {@code target} a blob that {@code source} has; false when it does not have it. */
  public boolean mount(RepositoryName source, Digest digest, RepositoryName target)
      throws IOException {
    garbage.readLock().lock();
    try {
      boolean found = repository(source).blobSize(digest).isPresent();
      if (found) {
        repository(target).addBlob(digest);
      }
      return found;
    } finally {
      garbage.readLock().unlock();
    }
  }

  /** Makes {@code file} a blob of {@code target} if it hashes to {@code expected}. */
  Digest adopt(Path file, Digest expected, RepositoryName target) throws IOException {
    garbage.readLock().lock();
    try {
      Digest actual = contents.adopt(file, expected);
      if (actual.equals(expected)) {
        repository(target).addBlob(actual);
      }
      return actual;
    } finally {
      garbage.readLock().unlock();
    }
  }

  DurableFiles files() {
    return files;
  }

  /**
   * Deletes blobs that no manifest of their repository names and that were pushed or asked for
   * longer than {@code grace} ago, then content that no repository has; answers the bytes freed.
   * Writers wait.
   */
  public long collectGarbage(Instant now, Duration grace) throws IOException {
    garbage.writeLock().lock();
    try {
      Set<Digest> kept = new HashSet<>();
      for (RepositoryName name : repositories()) {
        kept.addAll(swept(repository(name), now.minus(grace)));
      }
      return contents.retain(kept::contains);
    } finally {
      garbage.writeLock().unlock();
    }
  }

  /** What the repository still has after it let go of blobs nothing needs. */
  private static Set<Digest> swept(Repository repository, Instant pushedBefore) throws IOException {
    Set<Digest> kept = new HashSet<>(repository.manifests());
    for (Digest digest : repository.manifests()) {
      Optional<ManifestDocument> document = repository.document(digest);
      if (document.isEmpty() || document.get().opaque()) {
        // It may need any of them.
        kept.addAll(repository.blobs());
        return kept;
      }
      kept.addAll(document.get().names());
    }
    for (Digest blob : repository.blobs()) {
      if (kept.contains(blob)) {
        continue;
      }
      // Empty when somebody has deleted it meanwhile.
      Optional<Instant> pushed = repository.pushed(blob);
      if (pushed.isPresent() && pushed.get().isBefore(pushedBefore)) {
        repository.removeBlob(blob);
      } else if (pushed.isPresent()) {
        kept.add(blob);
      }
    }
    return kept;
  }

  /** Every folder that could be a repository. */
  List<Path> folders() throws IOException {
    var found = new ArrayList<Path>();
    Files.walkFileTree(
        repositories,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (String.valueOf(folder.getFileName()).startsWith("_")) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            found.add(folder);
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }
}
