package dev.floe.cli.console;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * What people read of a transfer: {@code Promoting to staging... 312 MiB of 1.0 GiB (31 %, 84
 * MiB/s)}. The rate is that of the last seconds.
 */
public final class Transfer {

  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
  private static final long WINDOW_NANOS = Duration.ofSeconds(5).toNanos();
  private static final double NANOS = 1e9;

  private final String what;
  private final Deque<Seen> seen = new ArrayDeque<>();

  private record Seen(long bytes, long nanos) {}

  /** A transfer that is called {@code what}. */
  public Transfer(String what) {
    this.what = what;
  }

  /**
   * The text when so much is there.
   *
   * @param total 0 where nobody knows
   * @param nanos of any clock that runs evenly
   */
  public String at(long bytes, long total, long nanos) {
    StringBuilder text = new StringBuilder(what).append("... ").append(size(bytes));
    String rate = rate(bytes, nanos);
    if (total <= 0) {
      return rate.isEmpty() ? text.toString() : text.append(" (%s)".formatted(rate)).toString();
    }
    // Rounded down: nothing is all there before it is.
    long percent = (long) (100.0 * Math.min(bytes, total) / total);
    text.append(" of ").append(size(total)).append(" (").append(percent).append(" %");
    return text.append(rate.isEmpty() ? "" : ", " + rate).append(')').toString();
  }

  private String rate(long bytes, long nanos) {
    if (!seen.isEmpty() && bytes < seen.getLast().bytes()) {
      // It began again: what was before says nothing about now.
      seen.clear();
    }
    while (seen.size() > 1 && nanos - seen.getFirst().nanos() > WINDOW_NANOS) {
      seen.removeFirst();
    }
    seen.addLast(new Seen(bytes, nanos));
    Seen first = seen.getFirst();
    double seconds = (nanos - first.nanos()) / NANOS;
    return seconds <= 0 ? "" : size((long) ((bytes - first.bytes()) / seconds)) + "/s";
  }

  /** {@code 312 MiB}, {@code 1.0 GiB}: three digits at most. */
  static String size(long bytes) {
    double size = bytes;
    int unit = 0;
    // What would be rounded up to 1024 is one of the next unit.
    while (size >= 1023.5 && unit < UNITS.length - 1) {
      size /= 1024;
      unit++;
    }
    boolean whole = unit == 0 || size >= 9.95;
    return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", size, UNITS[unit]);
  }
}
