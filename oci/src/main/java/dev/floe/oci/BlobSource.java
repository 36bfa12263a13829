package dev.floe.oci;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Gives a blob's bytes from the beginning, as often as a transfer has to start over. */
@FunctionalInterface
public interface BlobSource {
  InputStream open() throws IOException;

  /** The bytes at hand. */
  static BlobSource of(byte[] bytes) {
    return () -> new ByteArrayInputStream(bytes);
  }
}
