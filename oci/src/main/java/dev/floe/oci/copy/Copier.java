package dev.floe.oci.copy;

import dev.floe.manifest.Digest;
import dev.floe.oci.Repository;

/**
 * Copies artifacts by digest: blobs, child manifests, index, then what refers to them. No tag of
 * the artifact is touched, so nothing is visible before a {@link dev.floe.oci.Tagger} makes it so.
 *
 * <p>What the target has is not sent again, and that is also how an interrupted copy goes on. Meant
 * to live as long as the process: copies that need the same blob wait for each other.
 */
public final class Copier {

  /** Whether what refers to an artifact goes with it. */
  public enum Extent {
    /** Only the artifact itself. */
    ARTIFACT,
    /** Signatures by tag and referrers too, of the artifact and of every platform. */
    WITH_REFERRERS
  }

  private final BlobMover blobs;
  private final Families families = new Families();

  /**
   * @param parallelBlobs how many blobs go to one registry at once, over all copies
   */
  public Copier(int parallelBlobs) {
    this.blobs = new BlobMover(parallelBlobs);
  }

  /** With as many parallel blobs as registries commonly bear. */
  public Copier() {
    this(6);
  }

  public CopyReport copy(Repository source, Repository target, Digest digest, Progress progress) {
    return copy(source, target, digest, Extent.WITH_REFERRERS, progress);
  }

  /**
   * Brings everything into the target, reads the manifests back, and compares the referrers.
   *
   * @throws dev.floe.oci.RegistryException if anything is missing in the end; what has arrived
   *     stays
   */
  public CopyReport copy(
      Repository source, Repository target, Digest digest, Extent extent, Progress progress) {
    return new CopyRun(source, target, blobs, families, extent, progress).run(digest);
  }
}
