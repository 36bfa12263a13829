package dev.floe.embedded.folder;

/** An embedded part that cannot start; the message names the thing, the place and the fix. */
public final class CannotStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CannotStartException(String message) {
    super(message);
  }

  public CannotStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
