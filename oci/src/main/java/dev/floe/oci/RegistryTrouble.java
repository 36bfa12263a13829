package dev.floe.oci;

/** The ways in which a registry can fail us; each asks for another reaction. */
public enum RegistryTrouble {
  /** There is no such repository, manifest or blob. */
  NOT_FOUND("registry-not-found", false),
  /** The credentials are missing, wrong, or not good enough. */
  UNAUTHORIZED("registry-unauthorized", false),
  /**
   * Nobody answered, the answer broke off or took too long, or the server reported its own failure.
   */
  UNREACHABLE("registry-unreachable", true),
  /** The registry asks for patience, and asking again did not help within the attempts allowed. */
  RATE_LIMITED("registry-rate-limited", true),
  /** The bytes are not those that were asked for. */
  DIGEST_MISMATCH("digest-mismatch", false),
  /** The tag must not move and stands at something else. */
  IMMUTABLE_TAG("immutable-tag", false),
  /** The answer breaks the protocol, or is larger than anything honest. */
  INVALID_RESPONSE("registry-invalid-response", false),
  /** The registry understood and said no. */
  REFUSED("registry-refused", false),
  /** The registry wanted us to send a secret, or a request, where it does not belong. */
  UNSAFE("registry-unsafe", false);

  private final String code;
  private final boolean retryable;

  RegistryTrouble(String code, boolean retryable) {
    this.code = code;
    this.retryable = retryable;
  }

  /** Kebab-case and stable, for problems and events. */
  public String code() {
    return code;
  }

  /** Whether the same request may succeed later without anybody changing anything. */
  public boolean retryable() {
    return retryable;
  }
}
