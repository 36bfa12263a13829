package dev.floe.local;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what was started, the last first, however far the start came. */
final class Closer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Closer.class);

  private final List<AutoCloseable> started = new ArrayList<>();

  <T extends AutoCloseable> T add(T part) {
    started.add(part);
    return part;
  }

  @Override
  public void close() {
    for (AutoCloseable part : started.reversed()) {
      try {
        part.close();
      } catch (Exception failed) {
        LOG.atWarn()
            .setMessage("a part did not stop cleanly")
            .addKeyValue("part", part.getClass().getSimpleName())
            .setCause(failed)
            .log();
      }
    }
    started.clear();
  }
}
