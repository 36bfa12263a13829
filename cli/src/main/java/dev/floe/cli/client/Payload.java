package dev.floe.cli.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What a request carries, written anew for each attempt.
 *
 * @param settling how much longer than usual the answer may take after the last byte
 */
public record Payload(String contentType, boolean streamed, Duration settling, Writer writer) {

  /** A server that stores more slowly than this is as good as gone. */
  private static final long STORED_PER_SECOND = 4L << 20;

  /** Writes the bytes. */
  @FunctionalInterface
  public interface Writer {
    void writeTo(OutputStream out) throws IOException;
  }

  /** A text that fits into memory. */
  public static Payload text(String contentType, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Payload(contentType, false, Duration.ZERO, out -> out.write(bytes));
  }

  /** About {@code size} bytes, in constant memory. */
  public static Payload stream(String contentType, long size, Writer writer) {
    Duration settling = Duration.ofSeconds(Math.min(size / STORED_PER_SECOND, 3_600));
    return new Payload(contentType, true, settling, writer);
  }
}
