package dev.floe.local;

import dev.floe.http.ReadinessCheck;
import dev.floe.kernel.Trouble;
import dev.floe.local.adapter.http.Room;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the room that is left for the data folder: Kafka ends this process when it cannot write,
 * so commands are refused while there still is some.
 */
final class Storage implements ReadinessCheck, Room, AutoCloseable {

  /** Kept free unless somebody says otherwise. */
  static final int RESERVE_MB = 256;

  private static final Logger LOG = LoggerFactory.getLogger(Storage.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Path folder;
  private final Consumer<Boolean> changed;
  private final Thread thread;
  private volatile long reserve;
  private volatile long free = Long.MAX_VALUE;
  private boolean told;

  private Storage(Path folder, int reserveMb, Consumer<Boolean> changed) {
    this.folder = folder;
    this.changed = changed;
    this.thread = Thread.ofVirtual().name("floe-storage").unstarted(this::run);
    reserve(reserveMb);
  }

  /**
   * Looks now and then every second.
   *
   * @param changed told when it has become full, and when it no longer is
   */
  static Storage watch(Path folder, int reserveMb, Consumer<Boolean> changed) {
    var storage = new Storage(folder, reserveMb, changed);
    storage.look();
    storage.thread.start();
    return storage;
  }

  void reserve(int megabytes) {
    reserve = (long) megabytes << 20;
  }

  @Override
  public String name() {
    return "storage";
  }

  @Override
  public boolean isReady() {
    return free >= reserve;
  }

  @Override
  public String shortage() {
    return isReady()
        ? ""
        : "%s has %d MiB left, and %d MiB are to stay free; nothing new is taken."
            .formatted(folder, free >> 20, reserve >> 20);
  }

  @Override
  public List<Trouble> troubles() {
    return isReady()
        ? List.of()
        : List.of(
            new Trouble(
                shortage(), folder.toString(), "Make room there; it goes on within seconds."));
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      look();
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void look() {
    try {
      free = Files.getFileStore(folder).getUsableSpace();
    } catch (IOException unknown) {
      LOG.warn("the room left for {} is unknown: {}", folder, unknown.toString());
      return;
    }
    boolean full = !isReady();
    if (full != told) {
      told = full;
      LOG.warn("{}", full ? shortage() : "there is room again for " + folder);
      try {
        changed.accept(full);
      } catch (RuntimeException failed) {
        LOG.warn("strangers' commands keep their limits: {}", failed.toString());
      }
    }
  }
}
