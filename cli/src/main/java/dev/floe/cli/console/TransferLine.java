package dev.floe.cli.console;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Shows people how a transfer gets on: in place on a terminal, in a pipe by a line now and then.
 * Programs and the quiet are told nothing. For one thread.
 */
public final class TransferLine {

  private static final Duration IN_PLACE = Duration.ofMillis(100);
  private static final Duration BY_LINES = Duration.ofSeconds(10);

  private final Console console;
  private final Transfer transfer;
  private final LongSupplier nanos;
  private final long every;
  private long due;

  /** Shows a transfer from now on. */
  public TransferLine(Console console, String what) {
    this(console, what, System::nanoTime);
  }

  TransferLine(Console console, String what, LongSupplier nanos) {
    this.console = console;
    this.nanos = nanos;
    this.transfer = new Transfer(what);
    this.every = (console.moves() ? IN_PLACE : BY_LINES).toNanos();
    this.due = nanos.getAsLong() + (console.moves() ? 0 : every);
  }

  /** So much is there of {@code total}, which is 0 where nobody knows it. */
  public void at(long bytes, long total) {
    long now = nanos.getAsLong();
    if (!console.tellsPeople() || now - due < 0) {
      return;
    }
    due = now + every;
    String text = transfer.at(bytes, total, now);
    if (console.moves()) {
      console.activity(text);
    } else {
      console.note(text);
    }
  }
}
