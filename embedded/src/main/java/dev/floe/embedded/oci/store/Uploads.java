package dev.floe.embedded.oci.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/**
 * Blobs that are still arriving. An upload is one file of its repository, so it outlives the
 * process, and its length says where to go on. One request at a time may write it.
 */
public final class Uploads {

  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9a-f]{16}");
  private static final int MARK = 16;
  private static final int BUFFER = 64 * 1024;

  private final RegistryFolder registry;
  private final Duration expiry;
  private final InstantSource clock;
  private final Set<Path> busy = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Instant> swept;

  public Uploads(RegistryFolder registry, Duration expiry, InstantSource clock) throws IOException {
    this.registry = registry;
    this.expiry = expiry;
    this.clock = clock;
    this.swept = new AtomicReference<>(clock.instant());
    sweep();
  }

  /** What became of bytes that were sent. */
  public sealed interface Outcome {
    /** The upload is this long. */
    record Grown(long length) implements Outcome {}

    /** The blob is kept under the digest that was asked for. */
    record Finished() implements Outcome {}

    /** The bytes hash to something else; the upload is gone. */
    record Mismatch(Digest actual) implements Outcome {}

    /** The bytes do not go on where the upload ends, or another request is writing it. */
    record OutOfPlace(long length) implements Outcome {}

    /** Fewer or more bytes came than were announced; none was kept. */
    record WrongLength(long length, long received) implements Outcome {}

    /** There is no such upload. */
    record Unknown() implements Outcome {}
  }

  /** Where a chunk claims to lie. */
  public record Span(long first, long last) {
    public long length() {
      return last - first + 1;
    }
  }

  /**
   * A new upload's id, which has a mark of who began it.
   *
   * @param by whose it is
   */
  public String start(RepositoryName repository, String by) throws IOException {
    sweepNowAndThen();
    String id = UUID.randomUUID() + "-" + mark(by);
    registry.files().mark(registry.repository(repository).uploads().resolve(id));
    return id;
  }

  /** Whether {@code who} began the upload. */
  public static boolean isBy(String id, String who) {
    return id.endsWith("-" + mark(who));
  }

  private static String mark(String who) {
    byte[] name = who.getBytes(StandardCharsets.UTF_8);
    return Digest.of(Digest.Algorithm.SHA256, name).hex().substring(0, MARK);
  }

  /** Empty when there is no such upload. */
  public OptionalLong length(RepositoryName repository, String id) throws IOException {
    Optional<Path> file = file(repository, id);
    return file.isPresent() ? OptionalLong.of(Files.size(file.get())) : OptionalLong.empty();
  }

  /** False when there is no such upload. */
  public boolean cancel(RepositoryName repository, String id) throws IOException {
    Optional<Path> file = file(repository, id);
    return file.isPresent() && registry.files().delete(file.get());
  }

  /** Appends; an interrupted append keeps what came, as the next request's offset shows. */
  public Outcome append(
      RepositoryName repository, String id, InputStream bytes, Optional<Span> span)
      throws IOException {
    Optional<Path> file = file(repository, id);
    if (file.isEmpty()) {
      return new Outcome.Unknown();
    }
    return alone(file.get(), () -> write(file.get(), bytes, span));
  }

  /** Appends what is left and makes the whole a blob, if it hashes to {@code expected}. */
  public Outcome finish(
      RepositoryName repository, String id, InputStream bytes, Optional<Span> span, Digest expected)
      throws IOException {
    Optional<Path> file = file(repository, id);
    if (file.isEmpty()) {
      return new Outcome.Unknown();
    }
    return alone(
        file.get(),
        () -> {
          Outcome written = write(file.get(), bytes, span);
          if (!(written instanceof Outcome.Grown)) {
            return written;
          }
          return adopt(repository, file.get(), expected);
        });
  }

  private Outcome adopt(RepositoryName repository, Path file, Digest expected) throws IOException {
    try {
      Digest actual = registry.adopt(file, expected, repository);
      if (actual.equals(expected)) {
        return new Outcome.Finished();
      }
      registry.files().delete(file);
      return new Outcome.Mismatch(actual);
    } catch (NoSuchFileException _) {
      // Cancelled since its last byte came.
      return new Outcome.Unknown();
    }
  }

  private static Outcome write(Path file, InputStream bytes, Optional<Span> span)
      throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long start = channel.size();
      if (span.isPresent() && span.get().first() != start) {
        return new Outcome.OutOfPlace(start);
      }
      channel.position(start);
      // One byte more than announced tells that there are too many; the rest is not read.
      long most = span.map(announced -> announced.length() + 1).orElse(Long.MAX_VALUE);
      long received = copy(bytes, channel, most);
      if (span.isPresent() && received != span.get().length()) {
        channel.truncate(start);
        return new Outcome.WrongLength(start, received);
      }
      return new Outcome.Grown(start + received);
    } catch (NoSuchFileException _) {
      return new Outcome.Unknown();
    }
  }

  private static long copy(InputStream bytes, FileChannel channel, long most) throws IOException {
    var buffer = new byte[BUFFER];
    long copied = 0;
    while (copied < most) {
      int read = bytes.read(buffer, 0, (int) Math.min(buffer.length, most - copied));
      if (read < 0) {
        break;
      }
      var chunk = ByteBuffer.wrap(buffer, 0, read);
      while (chunk.hasRemaining()) {
        channel.write(chunk);
      }
      copied += read;
    }
    return copied;
  }

  private interface Step {
    Outcome run() throws IOException;
  }

  private Outcome alone(Path file, Step step) throws IOException {
    if (!busy.add(file)) {
      return new Outcome.OutOfPlace(Files.size(file));
    }
    try {
      return step.run();
    } finally {
      busy.remove(file);
    }
  }

  private Optional<Path> file(RepositoryName repository, String id) throws IOException {
    if (!ID.matcher(id).matches()) {
      return Optional.empty();
    }
    Path file = registry.repository(repository).uploads().resolve(id);
    return Files.exists(file) && !expired(file) ? Optional.of(file) : Optional.empty();
  }

  private void sweepNowAndThen() throws IOException {
    Instant last = swept.get();
    Instant now = clock.instant();
    Duration pause = expiry.dividedBy(4);
    if (last.plus(pause).isBefore(now) && swept.compareAndSet(last, now)) {
      sweep();
    }
  }

  /** Deletes uploads that have rested for too long. */
  public void sweep() throws IOException {
    for (Path folder : registry.folders()) {
      Path uploads = folder.resolve("_uploads");
      if (!Files.isDirectory(uploads)) {
        continue;
      }
      try (var entries = Files.list(uploads)) {
        for (Path upload : entries.toList()) {
          if (expired(upload)) {
            registry.files().delete(upload);
          }
        }
      }
    }
  }

  private boolean expired(Path upload) throws IOException {
    try {
      Instant touched = Files.getLastModifiedTime(upload).toInstant();
      return !busy.contains(upload) && touched.plus(expiry).isBefore(clock.instant());
    } catch (NoSuchFileException _) {
      return false;
    }
  }
}
