package dev.floe.oci;

import dev.floe.manifest.ProblemCode;

/** The ways in which a registry can fail us; each asks for another reaction. */
public enum RegistryTrouble {
  /** There is no such repository, manifest or blob. */
  NOT_FOUND(ProblemCode.REGISTRY_REFUSED, false),
  /** The credentials are missing, wrong, or not good enough. */
  UNAUTHORIZED(ProblemCode.REGISTRY_REFUSED, false),
  /**
   * Nobody answered, the answer broke off or took too long, or the server reported its own failure.
   */
  UNREACHABLE(ProblemCode.REGISTRY_UNREACHABLE, true),
  /** The registry asks for patience, and asking again did not help within the attempts allowed. */
  RATE_LIMITED(ProblemCode.REGISTRY_UNREACHABLE, true),
  /** The bytes are not those that were asked for. */
  DIGEST_MISMATCH(ProblemCode.DIGEST_MISMATCH, false),
  /** The tag must not move and stands at something else. */
  IMMUTABLE_TAG(ProblemCode.IMMUTABLE_TAG, false),
  /** The answer breaks the protocol, or is larger than anything honest. */
  INVALID_RESPONSE(ProblemCode.REGISTRY_REFUSED, false),
  /** The registry understood and said no. */
  REFUSED(ProblemCode.REGISTRY_REFUSED, false),
  /** The registry wanted us to send a secret, or a request, where it does not belong. */
  UNSAFE(ProblemCode.REGISTRY_REFUSED, false);

  private final ProblemCode problem;
  private final boolean retryable;

  RegistryTrouble(ProblemCode problem, boolean retryable) {
    this.problem = problem;
    this.retryable = retryable;
  }

  /** What it is called outside when nobody knows better. */
  public ProblemCode code() {
    return problem;
  }

  /** Whether the same request may succeed later without anybody changing anything. */
  public boolean retryable() {
    return retryable;
  }
}
