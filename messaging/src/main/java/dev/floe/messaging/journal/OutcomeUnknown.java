package dev.floe.messaging.journal;

import org.jspecify.annotations.Nullable;

/**
 * The command was sent and its answer has not come in time: it may have taken effect, or may yet.
 * The same command id asks again without a second effect.
 */
public final class OutcomeUnknown extends RuntimeException {

  private final String commandId;

  OutcomeUnknown(String commandId, @Nullable Throwable cause) {
    super(
        "no answer to command %s yet; ask again with the same id%s"
            .formatted(commandId, cause == null ? "" : ": " + cause.getMessage()),
        cause);
    this.commandId = commandId;
  }

  /** The id to ask again with. */
  public String commandId() {
    return commandId;
  }
}
