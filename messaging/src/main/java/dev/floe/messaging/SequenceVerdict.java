package dev.floe.messaging;

import dev.floe.messaging.Envelope.Numbers;

/** What a reader makes of an event's numbers (contract, section 4). */
public enum SequenceVerdict {
  /** The next number, from this writer or a later one. */
  ACCEPT,
  /** A number already seen, or from a writer that was replaced: no fact; show it and alarm. */
  VOID,
  /** Something is missing before it: stop this key, loudly. */
  GAP;

  /** The verdict on {@code found} after {@code last}; {@code last} is (0, 0) for a fresh key. */
  public static SequenceVerdict of(Numbers last, Numbers found) {
    if (found.sequence() <= last.sequence()) {
      return VOID;
    }
    if (found.epoch() < last.epoch()) {
      return VOID;
    }
    return found.sequence() == last.sequence() + 1 ? ACCEPT : GAP;
  }
}
