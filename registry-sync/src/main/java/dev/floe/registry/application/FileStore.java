package dev.floe.registry.application;

import dev.floe.manifest.Digest;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stores a folder of files as an artifact in the first environment's registry, by digest. */
public interface FileStore {

  /**
   * What was stored.
   *
   * @param size bytes of the manifest and everything it names
   */
  record Stored(String environment, String ref, Digest digest, long size, String mediaType) {}

  /**
   * Stores what the folder holds, each of its entries as one layer.
   *
   * @throws IllegalArgumentException if there is nothing in it, or what cannot be published
   * @throws Unavailable when the registry does not take it
   */
  Stored store(String artifact, Path folder, Map<String, String> annotations);

  /** The registry does not take the files. */
  final class Unavailable extends RuntimeException {

    private final String code;

    /** Says why, with the problem's code. */
    public Unavailable(String code, String message, @Nullable Throwable cause) {
      super(message, cause);
      this.code = code;
    }

    public String code() {
      return code;
    }
  }
}
