package dev.floe.messaging.journal;

import dev.floe.messaging.Envelope.Numbers;
import org.jspecify.annotations.Nullable;

/** All that is kept of one subject between two commands. */
final class Subject<S> {

  private final Remembered remembered = new Remembered();
  private S state;
  private Numbers last = new Numbers(0, 0);
  private @Nullable Throwable broken;

  Subject(S initial) {
    this.state = initial;
  }

  S state() {
    return state;
  }

  Numbers last() {
    return last;
  }

  Remembered remembered() {
    return remembered;
  }

  void become(S next, Numbers numbers) {
    state = next;
    last = numbers;
  }

  /** Its history contradicts itself, or its rules failed on it: nothing is decided any more. */
  void halt(Throwable why) {
    broken = why;
  }

  /** Why it is halted; null while it is not. */
  @Nullable Throwable halted() {
    return broken;
  }
}
