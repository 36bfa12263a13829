package dev.floe.embedded.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Who wrote into a lock file that it has the folder.
 *
 * @param started tells it from another process that was given its number later
 */
record Holder(long pid, Instant started) {
  /** The kernel tells the time of a start by two clocks, which may be set meanwhile. */
  private static final Duration TOLERANCE = Duration.ofSeconds(3);

  static Holder current() {
    ProcessHandle self = ProcessHandle.current();
    return new Holder(self.pid(), started(self));
  }

  static Optional<Holder> in(Path lockFile) {
    try {
      String[] words = Files.readString(lockFile).strip().split(" ", -1);
      return words.length == 2
          ? Optional.of(new Holder(Long.parseLong(words[0]), Instant.parse(words[1])))
          : Optional.empty();
    } catch (IOException | NumberFormatException | DateTimeParseException _) {
      return Optional.empty();
    }
  }

  String text() {
    return pid + " " + started;
  }

  String name() {
    return Long.toString(pid);
  }

  /** The very process, if it still runs. */
  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(found -> Duration.between(started(found), started).abs().compareTo(TOLERANCE) < 0);
  }

  private static Instant started(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH);
  }
}
