package dev.floe.oci.copy;

import dev.floe.manifest.Digest;
import java.util.Set;

/**
 * What a copy did.
 *
 * @param bytesSent of blobs
 * @param manifestsSent with indexes, referrers and signatures
 * @param referrers that the target lists for the artifact, its platforms and their referrers
 * @param signatureTags that stand in the target
 */
public record CopyReport(
    Digest digest,
    String mediaType,
    long bytesSent,
    Blobs blobs,
    int manifestsSent,
    Set<Digest> referrers,
    Set<String> signatureTags) {

  /** How many blobs came which way; skipped ones were there, or nobody may distribute them. */
  public record Blobs(int sent, int mounted, int skipped) {}

  public CopyReport {
    referrers = Set.copyOf(referrers);
    signatureTags = Set.copyOf(signatureTags);
  }

  /** Whether the target had everything before. */
  public boolean nothingSent() {
    return blobs.sent() == 0 && blobs.mounted() == 0 && manifestsSent == 0;
  }
}
