package dev.floe.messaging.journal;

import dev.floe.messaging.DeadLetters.Reason;

/** A command that cannot be understood: it goes to the dead letters. */
public final class Malformed extends Exception {

  private final Reason reason;

  public Malformed(String message) {
    this(Reason.MALFORMED, message);
  }

  public Malformed(String message, Throwable cause) {
    super(message, cause);
    this.reason = Reason.MALFORMED;
  }

  private Malformed(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** The value names another artifact than the record's key. */
  public static Malformed wrongKey(String key, String named) {
    return new Malformed(
        Reason.WRONG_PARTITION, "the key is '%s', the value names '%s'".formatted(key, named));
  }

  Reason reason() {
    return reason;
  }
}
