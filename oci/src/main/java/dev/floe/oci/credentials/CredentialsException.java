package dev.floe.oci.credentials;

import dev.floe.manifest.Coded;
import dev.floe.manifest.ProblemCode;

/** Credentials are configured but cannot be had; names the place to mend, never the secret. */
public final class CredentialsException extends RuntimeException implements Coded {

  private static final long serialVersionUID = 1L;

  public CredentialsException(String message) {
    super(message);
  }

  public CredentialsException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public ProblemCode code() {
    return ProblemCode.REGISTRY_REFUSED;
  }
}
