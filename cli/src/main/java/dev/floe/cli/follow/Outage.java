package dev.floe.cli.follow;

import dev.floe.cli.console.Console;
import dev.floe.cli.console.Failure;
import dev.floe.manifest.ProblemCode;
import java.time.Duration;

/**
 * A server that answered and is away: it may be starting again, and its work goes on then. People
 * hear of it at once; after 30 s it is given up.
 */
public final class Outage {

  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration LAST_TRY = Duration.ofSeconds(1);

  private final Console console;
  private final Duration longest;
  private boolean known;
  private boolean away;
  private long since;

  public Outage(Console console) {
    this(console, LONGEST);
  }

  Outage(Console console, Duration longest) {
    this.console = console;
    this.longest = longest;
  }

  /** The server answers. */
  public void over() {
    if (away) {
      console.note("The server answers again.");
    }
    known = true;
    away = false;
  }

  /** How long one attempt may take. */
  Duration left() {
    Duration left = away ? longest.minusNanos(System.nanoTime() - since) : longest;
    return left.compareTo(LAST_TRY) < 0 ? LAST_TRY : left;
  }

  /** The server does not answer: to be tried again, or else thrown on. */
  public void lost(Failure failure) {
    if (!known || failure.exitCode() != ProblemCode.SERVICE_UNREACHABLE.exitCode()) {
      throw failure;
    }
    if (!away) {
      away = true;
      since = System.nanoTime();
      console.warn(
          "%s; trying again for %d s".formatted(failure.reason().message(), longest.toSeconds()));
    } else if (System.nanoTime() - since > longest.toNanos()) {
      throw failure;
    }
  }
}
