package dev.floe.cli.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** What a request carries, written anew for each attempt. */
public record Payload(String contentType, boolean streamed, Writer writer) {

  /** Writes the bytes. */
  @FunctionalInterface
  public interface Writer {
    void writeTo(OutputStream out) throws IOException;
  }

  /** A text that fits into memory. */
  public static Payload text(String contentType, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Payload(contentType, false, out -> out.write(bytes));
  }

  /** Bytes of a length nobody knows, in constant memory. */
  public static Payload stream(String contentType, Writer writer) {
    return new Payload(contentType, true, writer);
  }
}
