package dev.floe.local;

import dev.floe.embedded.oci.OciRegistry;
import dev.floe.embedded.oci.WritePolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the embedded registry, and collects what it needs no more, every hour. */
final class RegistryUpkeep implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RegistryUpkeep.class);

  private final OciRegistry registry;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("floe-registry-upkeep").factory());

  RegistryUpkeep(OciRegistry registry) {
    this.registry = registry;
    var _ = thread.scheduleWithFixedDelay(this::collect, 10, 60, TimeUnit.MINUTES);
  }

  /** The registry over that folder. */
  static OciRegistry open(Path folder, WritePolicy writers) {
    try {
      return new OciRegistry(folder, writers);
    } catch (IOException unusable) {
      throw new UncheckedIOException("the registry's folder cannot be used", unusable);
    }
  }

  private void collect() {
    try {
      long freed = registry.collectGarbage();
      if (freed > 0) {
        LOG.atInfo()
            .setMessage("the registry let go of what nothing needs")
            .addKeyValue("bytes", freed)
            .log();
      }
    } catch (IOException | RuntimeException failed) {
      LOG.atWarn().setMessage("the registry could not be cleaned up").setCause(failed).log();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
