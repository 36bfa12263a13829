package dev.floe.embedded.kafka;

/** A port that was free when asked was taken when bound. */
final class PortTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PortTakenException(String message, Throwable cause) {
    super(message, cause);
  }
}
