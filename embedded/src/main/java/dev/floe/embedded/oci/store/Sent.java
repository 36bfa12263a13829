package dev.floe.embedded.oci.store;

import java.util.List;

/** What came of a manifest that was sent; nothing was kept unless it says so. */
public sealed interface Sent {

  /** It is here, and has its tag. */
  record Kept() implements Sent {}

  /** The repository lacks what the manifest needs. */
  record Lacking(List<Digest> missing) implements Sent {
    public Lacking {
      missing = List.copyOf(missing);
    }
  }

  /** The tag stands for another manifest. */
  record Standing(Digest other) implements Sent {}
}
