package dev.floe.proof;

/** A signed note, or the checkpoint in it, that cannot be relied on; the message says why. */
public final class InvalidNote extends RuntimeException {

  public InvalidNote(String message) {
    super(message);
  }
}
