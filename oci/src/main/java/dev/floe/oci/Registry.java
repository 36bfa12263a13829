package dev.floe.oci;

import dev.floe.manifest.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A place that holds repositories of content-addressed artifacts.
 *
 * <p>A reference is a tag or a digest. Every failure is a {@link RegistryException}.
 */
public interface Registry {

  /** Host and port, or the layout's folder: what people know the place by. */
  String name();

  /** What stands under the reference, without reading it; the digest is the registry's word. */
  Optional<Descriptor> head(String repository, String reference);

  /**
   * What stands under the reference: exact bytes, digest computed anew and compared with the
   * reference and with what the registry says.
   */
  RawManifest manifest(String repository, String reference);

  /** Whether the blob is there with that size. */
  boolean hasBlob(String repository, Descriptor blob);

  /** The blob's bytes; reading past the end fails unless size and digest were right. */
  VerifyingStream blob(String repository, Descriptor blob);

  /** Stores the blob in constant memory; bytes of another digest or size are never accepted. */
  void putBlob(String repository, Descriptor blob, BlobSource source);

  /**
   * Makes the blob of another repository of this registry appear here; false if it must be sent.
   */
  boolean mount(String repository, Descriptor blob, String from);

  /**
   * Stores the manifest's bytes under a tag or its digest. If it has a subject, it can afterwards
   * be found among the subject's referrers, whatever the registry does by itself.
   */
  void putManifest(String repository, String reference, RawManifest manifest);

  /** All tags of the repository; none if there is no such repository. */
  List<String> tags(String repository);

  Referrers referrers(String repository, Digest subject);

  /**
   * The same, for somebody who has just listed the tags: where referrers are kept by tags, these
   * show whether there are any.
   */
  default Referrers referrers(String repository, Digest subject, Set<String> tags) {
    return referrers(repository, subject);
  }

  /** Takes the tag away and leaves what it stood at; false if the registry cannot do that. */
  boolean deleteTag(String repository, String tag);

  /**
   * The same registry for somebody who has time: one that asks for patience is given as much as it
   * asks for, however often, if that ends before the instant.
   */
  default Registry waitingUntil(Instant latest) {
    return this;
  }

  default Repository repository(String name) {
    return new Repository(this, name);
  }
}
