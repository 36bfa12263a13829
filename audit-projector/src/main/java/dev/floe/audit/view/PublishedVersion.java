package dev.floe.audit.view;

import dev.floe.promotion.v1.ArtifactPublished;
import java.time.Instant;

/** A version of an artifact, as it entered the first environment. */
public record PublishedVersion(
    String artifact,
    String version,
    String digest,
    String environment,
    String ref,
    long size,
    String mediaType,
    Instant createdAt,
    String by) {

  public static PublishedVersion of(Fact fact, ArtifactPublished e) {
    return new PublishedVersion(
        fact.artifact(),
        e.getVersion(),
        e.getDigest(),
        e.getEnvironment(),
        e.getRef(),
        e.getSize(),
        e.getMediaType(),
        fact.at(),
        fact.by());
  }
}
