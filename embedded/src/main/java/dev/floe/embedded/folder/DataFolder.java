package dev.floe.embedded.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder that belongs to one running part: locked, with its secrets and remembered ports. */
public final class DataFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);
  private static final String PORTS = "ports.properties";
  private static final int SECRET_BYTES = 32;

  private final Path path;
  private final String part;
  private final FileChannel lockFile;
  private final FileLock lock;

  private DataFolder(Path path, String part, FileChannel lockFile, FileLock lock) {
    this.path = path;
    this.part = part;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /** Takes the folder for {@code part}, or says which process has it. */
  public static DataFolder lock(Path path, String part) {
    Path folder = path.toAbsolutePath().normalize();
    try {
      PrivateFiles.createFolder(folder);
      Path file = folder.resolve("lock");
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new CannotStartException(
            "%s folder %s is in use by process %s; stop it first or choose another folder"
                .formatted(part, folder, Holder.in(file).map(Holder::name).orElse("(unknown)")));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(Holder.current().text().getBytes(UTF_8)));
      channel.force(false);
      return new DataFolder(folder, part, channel, lock);
    } catch (IOException e) {
      throw new CannotStartException(
          "%s folder %s cannot be used (%s); make it writable or choose another folder"
              .formatted(part, folder, e),
          e);
    }
  }

  /** A lock this very JVM holds is reported by exception, one of another process by null. */
  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null;
    }
  }

  /** The process that holds the folder at this moment, whatever was written about it. */
  public static Optional<ProcessHandle> holder(Path folder) {
    Path file = folder.resolve("lock");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock free = tryLock(channel)) {
      return free == null ? Holder.in(file).flatMap(Holder::process) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  public Path path() {
    return path;
  }

  /** The named file below the folder. */
  public Path resolve(String name) {
    return path.resolve(name);
  }

  public boolean has(String name) {
    return Files.exists(path.resolve(name));
  }

  /** The random secret of that name, made on first use, readable by its owner alone. */
  public String secret(String name) {
    Path file = path.resolve(name);
    try {
      if (!Files.exists(file)) {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        writeWhole(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
      }
      PrivateFiles.require(file);
      String secret = Files.readString(file).strip();
      if (secret.isEmpty()) {
        throw new CannotStartException(
            "%s secret %s is empty; restore the file from a backup".formatted(part, file));
      }
      return secret;
    } catch (IOException e) {
      throw new CannotStartException(
          "%s secret %s cannot be read or written (%s); check who owns it".formatted(part, file, e),
          e);
    }
  }

  /**
   * The port of that name: the configured one or the reason it cannot be had; for 0 the one
   * remembered from the last start, and another free one when somebody took it meanwhile.
   */
  public int port(String name, int configured) {
    if (configured != 0) {
      LoopbackPort.requireFree(configured, part + " (" + name + ")");
      return configured;
    }
    Properties ports = rememberedPorts();
    int remembered = Integer.parseInt(ports.getProperty(name, "0"));
    if (remembered != 0 && LoopbackPort.isFree(remembered)) {
      return remembered;
    }
    int port = LoopbackPort.free();
    if (remembered != 0) {
      LOG.warn(
          "{} port {} ({}) is held by {}; using {} instead",
          part,
          remembered,
          name,
          LoopbackPort.holder(remembered),
          port);
    }
    ports.setProperty(name, Integer.toString(port));
    remember(ports);
    return port;
  }

  private Properties rememberedPorts() {
    Properties ports = new Properties();
    Path file = path.resolve(PORTS);
    if (Files.exists(file)) {
      try (var in = Files.newBufferedReader(file)) {
        ports.load(in);
      } catch (IOException e) {
        throw new CannotStartException("%s cannot be read (%s)".formatted(file, e), e);
      }
    }
    return ports;
  }

  private void remember(Properties ports) {
    StringBuilder lines = new StringBuilder();
    ports.stringPropertyNames().stream()
        .sorted()
        .forEach(
            name -> lines.append(name).append('=').append(ports.getProperty(name)).append('\n'));
    try {
      writeWhole(path.resolve(PORTS), lines.toString());
    } catch (IOException e) {
      throw new CannotStartException(
          "%s cannot be written (%s)".formatted(path.resolve(PORTS), e), e);
    }
  }

  /** Whole or not at all, and never readable by others, not even for a moment. */
  private static void writeWhole(Path file, String content) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    PrivateFiles.create(fresh);
    try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.wrap(content.getBytes(UTF_8)));
      out.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Gives the folder back; the lock file stays, its lock is what counts. */
  @Override
  public void close() {
    try (lockFile) {
      if (lock.isValid()) {
        lock.release();
      }
    } catch (IOException e) {
      LOG.warn("{} folder {} could not be given back: {}", part, path, e.toString());
    }
  }
}
