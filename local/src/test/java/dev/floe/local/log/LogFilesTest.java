package dev.floe.local.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogFilesTest {

  private static final Logger LOG = LoggerFactory.getLogger("floe.test");
  private static final Logger ACCESS = LoggerFactory.getLogger("floe.access");

  @TempDir Path folder;

  @Test
  void are_the_owners_alone_and_go_on_after_what_is_there() throws IOException {
    Files.writeString(folder.resolve(LogFiles.EVENTS), "of before\n");

    try (LogFiles _ = LogFiles.open(folder)) {
      LOG.error("something happened");
      ACCESS.error("a request");
    }
    LOG.error("too late");

    List<String> events = Files.readAllLines(folder.resolve(LogFiles.EVENTS));
    assertThat(events).hasSize(2).first().isEqualTo("of before");
    assertThat(events.getLast()).contains("ERROR floe.test something happened");
    assertThat(Files.readString(folder.resolve(LogFiles.REQUESTS))).contains("a request");
    for (Path file : files()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .as(file.toString())
          .isEqualTo("rw-------");
    }
  }

  @Test
  void are_turned_when_full_and_the_oldest_go() throws IOException {
    try (LogFiles _ = LogFiles.open(folder, 20_000)) {
      long end = System.nanoTime() + 1_500_000_000L;
      for (int i = 0; System.nanoTime() < end; i++) {
        LOG.error("line {} {}", i, "x".repeat(500));
        if (i % 50 == 0) {
          java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
      }
    }

    assertThat(files()).hasSize(6);
    assertThat(files())
        .allSatisfy(
            file ->
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------"));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
