package dev.floe.embedded.oci.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Lock;

/**
 * One repository: which content it has, under which tags, and what refers to what. Reads take no
 * lock and see each file before or after a write; writes to one repository happen one by one.
 */
public final class Repository {

  /** Case-insensitive first, as distribution-spec wants tags listed; total all the same. */
  public static final Comparator<String> TAG_ORDER =
      String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder());

  private final Path folder;
  private final DurableFiles files;
  private final ContentStore contents;
  private final Lock lock;

  Repository(Path folder, DurableFiles files, ContentStore contents, Lock lock) {
    this.folder = folder;
    this.files = files;
    this.contents = contents;
    this.lock = lock;
  }

  /** A manifest as it was pushed. */
  public record Manifest(Digest digest, String mediaType, Path content, long size) {}

  /** A repository is there from its first blob or manifest on. */
  public boolean exists() {
    return Files.isDirectory(folder.resolve("_blobs"))
        || Files.isDirectory(folder.resolve("_manifests"));
  }

  /** The blob's bytes and their number; empty when this repository does not have it. */
  public OptionalLong blobSize(Digest digest) throws IOException {
    return Files.exists(blobLink(digest)) ? contents.size(digest) : OptionalLong.empty();
  }

  /** The same, and the blob counts as pushed at this moment. */
  OptionalLong asked(Digest digest) throws IOException {
    return guarded(
        () -> {
          OptionalLong size = blobSize(digest);
          if (size.isPresent()) {
            files.mark(blobLink(digest));
          }
          return size;
        });
  }

  public Path content(Digest digest) {
    return contents.path(digest);
  }

  void addBlob(Digest digest) throws IOException {
    guarded(() -> files.mark(blobLink(digest)));
  }

  /** False when this repository does not have it. */
  public boolean removeBlob(Digest digest) throws IOException {
    return guarded(() -> files.delete(blobLink(digest)));
  }

  public Optional<Manifest> manifest(Digest digest) throws IOException {
    Optional<String> mediaType = text(manifestLink(digest));
    OptionalLong size = contents.size(digest);
    return mediaType.isEmpty() || size.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Manifest(digest, mediaType.get(), contents.path(digest), size.getAsLong()));
  }

  /** {@code tag} is a valid tag. */
  public Optional<Digest> tagged(String tag) throws IOException {
    return text(tagLink(tag)).flatMap(Digest::parse);
  }

  /** In {@link #TAG_ORDER}. */
  public List<String> tags() throws IOException {
    return names(folder.resolve("_tags")).stream().sorted(TAG_ORDER).toList();
  }

  /**
   * Keeps a manifest, and points {@code tag} at it.
   *
   * @param moves whether the tag may be taken from another manifest
   */
  Sent put(
      Digest digest, byte[] content, ManifestDocument document, Optional<String> tag, boolean moves)
      throws IOException {
    return guarded(
        () -> {
          List<Digest> missing = missing(document.needs());
          if (!missing.isEmpty()) {
            return new Sent.Lacking(missing);
          }
          Optional<Digest> other =
              (tag.isPresent() ? tagged(tag.get()) : Optional.<Digest>empty())
                  .filter(standing -> !standing.equals(digest));
          if (other.isPresent() && !moves) {
            return new Sent.Standing(other.get());
          }
          contents.put(digest, content);
          files.write(manifestLink(digest), bytes(document.mediaType()));
          if (document.subject().isPresent() && document.descriptor().isPresent()) {
            files.write(
                referrerLink(document.subject().get(), digest),
                bytes(document.descriptor().get().toString()));
          }
          if (tag.isPresent()) {
            files.write(tagLink(tag.get()), bytes(digest.toString()));
          }
          return new Sent.Kept();
        });
  }

  /** False when there is no such tag. The manifest stays. */
  public boolean untag(String tag) throws IOException {
    return guarded(() -> files.delete(tagLink(tag)));
  }

  /** Removes the manifest, its tags and its place among the referrers; false when not here. */
  public boolean removeManifest(Digest digest) throws IOException {
    return guarded(
        () -> {
          if (!Files.exists(manifestLink(digest))) {
            return false;
          }
          for (String tag : tags()) {
            if (tagged(tag).filter(digest::equals).isPresent()) {
              files.delete(tagLink(tag));
            }
          }
          Optional<Digest> subject = document(digest).flatMap(ManifestDocument::subject);
          if (subject.isPresent()) {
            files.delete(referrerLink(subject.get(), digest));
          }
          // The link goes last: after a crash the same request can be made again.
          return files.delete(manifestLink(digest));
        });
  }

  /** Descriptors, as JSON, of the manifests whose subject this is, by their digest. */
  public List<Referrer> referrers(Digest subject) throws IOException {
    var referrers = new ArrayList<Referrer>();
    Path place = referrerFolder(subject);
    for (String name : names(place).stream().sorted().toList()) {
      Optional<String> descriptor = text(place.resolve(name));
      if (descriptor.isPresent()) {
        referrers.add(new Referrer(name, descriptor.get()));
      }
    }
    return referrers;
  }

  /**
   * One manifest that refers to another.
   *
   * @param key orders referrers and tells a page where to go on
   */
  public record Referrer(String key, String descriptor) {}

  List<Digest> blobs() throws IOException {
    return digests("_blobs");
  }

  List<Digest> manifests() throws IOException {
    return digests("_manifests");
  }

  /** What a kept manifest says; empty when it is not here or does not read as its type. */
  Optional<ManifestDocument> document(Digest digest) throws IOException {
    Optional<Manifest> manifest = manifest(digest);
    if (manifest.isEmpty()) {
      return Optional.empty();
    }
    try {
      Optional<String> mediaType = Optional.of(manifest.get().mediaType());
      return Optional.of(ManifestDocument.read(digest, contents.read(digest), mediaType));
    } catch (ManifestDocument.Malformed _) {
      return Optional.empty();
    }
  }

  /** When the blob came last; empty when this repository does not have it. */
  Optional<Instant> pushed(Digest digest) throws IOException {
    try {
      return Optional.of(Files.getLastModifiedTime(blobLink(digest)).toInstant());
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  private Path blobLink(Digest digest) {
    return folder.resolve("_blobs").resolve(digest.algorithm().label()).resolve(digest.hex());
  }

  Path uploads() {
    return folder.resolve("_uploads");
  }

  private List<Digest> missing(List<Digest> needs) {
    return needs.stream()
        .filter(need -> !Files.exists(blobLink(need)) && !Files.exists(manifestLink(need)))
        .distinct()
        .toList();
  }

  private List<Digest> digests(String kind) throws IOException {
    var digests = new ArrayList<Digest>();
    for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
      for (String hex : names(folder.resolve(kind).resolve(algorithm.label()))) {
        digests.add(new Digest(algorithm, hex));
      }
    }
    return digests;
  }

  private Path manifestLink(Digest digest) {
    return folder.resolve("_manifests").resolve(digest.algorithm().label()).resolve(digest.hex());
  }

  private Path tagLink(String tag) {
    return folder.resolve("_tags").resolve(tag);
  }

  private Path referrerFolder(Digest subject) {
    return folder.resolve("_referrers").resolve(subject.algorithm().label()).resolve(subject.hex());
  }

  private Path referrerLink(Digest subject, Digest referrer) {
    return referrerFolder(subject).resolve(referrer.algorithm().label() + "-" + referrer.hex());
  }

  private static Optional<String> text(Path file) throws IOException {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
    } catch (NoSuchFileException | NotDirectoryException _) {
      return List.of();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  private interface Act {
    void run() throws IOException;
  }

  private <T> T guarded(Step<T> step) throws IOException {
    lock.lock();
    try {
      return step.run();
    } finally {
      lock.unlock();
    }
  }

  private void guarded(Act act) throws IOException {
    lock.lock();
    try {
      act.run();
    } finally {
      lock.unlock();
    }
  }
}
