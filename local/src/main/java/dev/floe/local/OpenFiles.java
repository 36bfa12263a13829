package dev.floe.local;

import dev.floe.embedded.folder.CannotStartException;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * How many files this process may hold open; without enough Kafka dies in the middle of its work.
 */
final class OpenFiles {

  /** A fresh system holds about 450; connections, growth of the log and copies come on top. */
  static final long NEEDED = 1024;

  private OpenFiles() {}

  static void requireEnough() {
    try {
      Object allowed =
          ManagementFactory.getPlatformMBeanServer()
              .getAttribute(
                  new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME),
                  "MaxFileDescriptorCount");
      require(((Number) allowed).longValue());
    } catch (JMException _) {
      // This operating system has no such limit.
    }
  }

  static void require(long allowed) {
    if (allowed < NEEDED) {
      throw new CannotStartException(
          "this process may hold %d files open and floe needs %d; run 'ulimit -n %d' in this shell first, or have the hard limit raised (limits.conf, LimitNOFILE)"
              .formatted(allowed, NEEDED, NEEDED));
    }
  }
}
