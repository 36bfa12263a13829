package dev.floe.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TransferLineTest {

  private static final int MIB = 1024 * 1024;

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE);
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** A MiB each second, in a pipe. */
  private String told(Format format, boolean quiet, int seconds) {
    var nowhere = new PrintStream(OutputStream.nullOutputStream());
    var io = CliIo.captured(nowhere, new PrintStream(err, true, StandardCharsets.UTF_8), Map.of());
    try (var console = new Console(io, format, quiet, false)) {
      var line = new TransferLine(console, "Uploading v1.2.3", now::get);
      for (int second = 1; second <= seconds; second++) {
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        line.at((long) second * MIB, 100L * MIB);
      }
    }
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void tells_a_pipe_a_line_every_ten_seconds() {
    assertThat(told(Format.TABLE, false, 29))
        .isEqualTo(
            """
            Uploading v1.2.3... 10 MiB of 100 MiB (10 %)
            Uploading v1.2.3... 20 MiB of 100 MiB (20 %, 1.0 MiB/s)
            """);
  }

  @Test
  void tells_a_pipe_nothing_of_what_is_soon_over() {
    assertThat(told(Format.TABLE, false, 9)).isEmpty();
  }

  @Test
  void tells_programs_and_the_quiet_nothing() {
    assertThat(told(Format.JSON, false, 60)).isEmpty();
    assertThat(told(Format.YAML, false, 60)).isEmpty();
    assertThat(told(Format.TABLE, true, 60)).isEmpty();
  }
}
