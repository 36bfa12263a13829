package dev.floe.gate.adapter.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

class OutputReaderTest {

  @TempDir Path folder;

  /** It may be reading at that moment, or handling what it has just read. */
  @RepeatedTest(100)
  void leaves_a_pipe_that_is_flooded_whatever_it_is_doing() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Thread flood;
    try (OutputReader reader =
        new OutputReader(pipe, new OutputCapture(new SecretFinder(List.of())))) {
      FileChannel writer = FileChannel.open(pipe, StandardOpenOption.WRITE);
      flood = Thread.ofPlatform().start(() -> pour(writer));
      reader.start("flooded");

      assertThat(reader.captured(Duration.ofMillis(1)).bytes()).isNotNegative();
    }
    flood.join();
  }

  private static void pour(FileChannel writer) {
    ByteBuffer much = ByteBuffer.allocateDirect(4096);
    try (writer) {
      while (true) {
        writer.write(much.clear());
      }
    } catch (IOException _) {
      // Nobody reads any more.
    }
  }
}
