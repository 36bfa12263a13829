package dev.floe.promotion.application;

import dev.floe.manifest.Digest;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.ProblemCode;
import dev.floe.manifest.VersionRef;
import org.jspecify.annotations.Nullable;

/** What another OCI client has pushed to the first environment. */
public interface Publications {

  /**
   * An artifact that is there.
   *
   * @param size bytes of its manifest and everything it names, each blob once
   */
  record Found(Digest digest, long size, String mediaType) {}

  /**
   * The artifact behind the version's tag.
   *
   * @param digest what it must be; null for whatever {@code <version>-<first env>} or else {@code
   *     <version>} points at
   * @throws NotFound when there is none
   * @throws Unavailable when the registry cannot say
   */
  Found find(Manifest manifest, String artifact, VersionRef version, @Nullable Digest digest);

  /** There is nothing under the tags or the digest. */
  final class NotFound extends RuntimeException {
    public NotFound(String message) {
      super(message);
    }
  }

  /** The registry did not answer as it should, or what it has cannot be used. */
  final class Unavailable extends RuntimeException {

    private final ProblemCode problem;

    /** Says why, and what that is called. */
    public Unavailable(ProblemCode problem, String message, Throwable cause) {
      super(message, cause);
      this.problem = problem;
    }

    public ProblemCode problem() {
      return problem;
    }
  }
}
