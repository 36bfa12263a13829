package dev.floe.oci.credentials;

/** Credentials are configured but cannot be had; names the place to mend, never the secret. */
public final class CredentialsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CredentialsException(String message) {
    super(message);
  }

  public CredentialsException(String message, Throwable cause) {
    super(message, cause);
  }
}
