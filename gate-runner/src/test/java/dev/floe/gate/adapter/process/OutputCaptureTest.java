package dev.floe.gate.adapter.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.gate.adapter.process.OutputCapture.Captured;
import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement({"328.3", "328.8"})
class OutputCaptureTest {

  private static Captured captured(byte[] bytes, int piece) {
    OutputCapture capture = new OutputCapture(new SecretFinder(List.of("hunter2")));
    ByteBuffer buffer = ByteBuffer.allocate(piece + 8);
    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(piece, bytes.length - at);
      buffer.put(bytes, at, length);
      capture.count(length);
      capture.accept(buffer.flip());
      at += length;
    }
    return capture.finish(buffer.flip());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 1_000})
  void characters_and_secrets_may_be_cut_anywhere(int piece) {
    byte[] bytes = "ä€😀 hunter2 ✓".getBytes(StandardCharsets.UTF_8);

    Captured captured = captured(bytes, piece);

    assertThat(captured.tail()).isEqualTo("ä€😀 [redacted] ✓");
    assertThat(captured.digest()).isEqualTo(Digest.sha256("ä€😀 [redacted] ✓"));
    assertThat(captured.bytes()).isEqualTo(bytes.length);
  }

  @Test
  void bytes_that_are_no_text_are_replaced() {
    byte[] bytes = {'a', (byte) 0xff, 'b', (byte) 0xe2, (byte) 0x82};

    assertThat(captured(bytes, 2).tail()).isEqualTo("a\ufffdb\ufffd");
  }

  @Test
  void of_much_output_the_end_is_kept_from_the_start_of_a_line() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      text.append("line ").append(i).append('\n');
    }

    Captured captured = captured(text.toString().getBytes(StandardCharsets.UTF_8), 777);

    assertThat(captured.tail()).startsWith("line ").endsWith("line 4999");
    assertThat(captured.tail().length())
        .isBetween(OutputCapture.TAIL_BYTES - 20, OutputCapture.TAIL_BYTES);
    assertThat(captured.digest()).isEqualTo(Digest.sha256(text.toString()));
  }

  @Test
  void a_tail_never_begins_within_a_character() {
    String text = "€".repeat(10_000);

    assertThat(captured(text.getBytes(StandardCharsets.UTF_8), 1_000).tail())
        .matches("€+")
        .hasSize(OutputCapture.TAIL_BYTES / 3);
  }
}
