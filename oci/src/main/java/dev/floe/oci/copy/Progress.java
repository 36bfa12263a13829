package dev.floe.oci.copy;

import dev.floe.manifest.Digest;
import dev.floe.oci.Descriptor;

/** Hears how a copy gets on; called from several threads at once, and must return quickly. */
public interface Progress {

  /** How a blob came to be in the target. */
  enum Way {
    SENT,
    MOUNTED,
    ALREADY_THERE,
    /** Its owner forbids to distribute it, and the source does not hold it either. */
    LEFT_OUT
  }

  /** So much is to be there in the end, as far as known; called again when more is found. */
  default void planned(int blobs, long bytes) {}

  /** So many bytes of this blob have gone over; falls back when a transfer starts again. */
  default void moved(Descriptor blob, long position) {}

  default void arrived(Descriptor blob, Way way) {}

  /** The manifest is in the target and has been read back. */
  default void stored(Digest manifest) {}

  static Progress none() {
    return new Progress() {};
  }
}
