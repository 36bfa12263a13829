package dev.floe.messaging.journal;

import org.jspecify.annotations.Nullable;

/**
 * This instance does not write for the subject (any more): whatever was about to happen must not.
 */
public final class Fenced extends RuntimeException {
  Fenced(String subject, String reason, @Nullable Throwable cause) {
    super("'%s' is not this instance's: %s".formatted(subject, reason), cause);
  }
}
