package dev.floe.registry.adapter.oci;

import dev.floe.oci.Descriptor;
import dev.floe.oci.copy.Progress;
import dev.floe.registry.application.CopyTally;

/** Has a copy counted. */
record TalliedProgress(CopyTally tally) implements Progress {

  @Override
  public void planned(int blobs, long bytes) {
    tally.planned(bytes);
  }

  @Override
  public void moved(Descriptor blob, long position) {
    tally.moved(blob.digest(), position);
  }

  @Override
  public void arrived(Descriptor blob, Way way) {
    tally.arrived(blob.digest(), blob.size());
  }
}
