package dev.floe.http.connection;

import java.time.Duration;

/**
 * What a client owes the server, since when and until when, by {@link System#nanoTime}. One value,
 * for more than one thread looks at it.
 */
record Debt(Owes what, long since, long due) {

  /** What may be owed. */
  enum Owes {
    NOTHING,
    NEXT_REQUEST,
    HEAD,
    BODY,
    /** Of a body that was answered before its end. */
    REST,
    /** To take what was written. */
    READING,
    /** To read why it was refused, and to go. */
    GOODBYE
  }

  static Debt of(Owes what, Duration patience) {
    long now = System.nanoTime();
    return new Debt(what, now, now + patience.toNanos());
  }

  static Debt none() {
    return of(Owes.NOTHING, Duration.ZERO);
  }

  boolean isOverdue(long now) {
    return what != Owes.NOTHING && now - due >= 0;
  }
}
