package dev.floe.cli.picture;

import dev.floe.cli.document.Doc;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times as pictures write them: UTC, to the second, or how long ago. */
public final class Times {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int DAYS_OF_WEEK = 7;
  private static final int DAYS_OF_MONTH = 30;
  private static final int DAYS_OF_YEAR = 365;

  private Times() {}

  /** {@code 2024-01-15 14:30:00Z}. */
  public static String second(Instant time) {
    return SECONDS.format(time);
  }

  /** The same for a member of a document; what stands there if it is no time. */
  public static String second(Doc doc, String name) {
    return doc.time(name).map(Times::second).orElse(doc.text(name));
  }

  /** {@code 2024-01-22 (7 days from now)}. */
  static String until(Instant end, Instant now) {
    LocalDate day = LocalDate.ofInstant(end, ZoneOffset.UTC);
    Duration left = Duration.between(now, end);
    if (left.isNegative()) {
      return "%s (past)".formatted(day);
    }
    // A request that was made a moment ago for 7 days has 7 days, not 6 and a bit.
    Duration rounded = left.plusMinutes(1);
    return rounded.toDays() > 0
        ? "%s (%s from now)".formatted(day, count(rounded.toDays(), "day"))
        : "%s (%s from now)".formatted(second(end), shorter(rounded));
  }

  /** {@code 3 hours ago}, {@code yesterday}, {@code 2 weeks ago}. */
  static String ago(Instant then, Instant now) {
    Duration since = Duration.between(then, now);
    if (since.toMinutes() < 1) {
      return "just now";
    }
    long days =
        ChronoUnit.DAYS.between(
            LocalDate.ofInstant(then, ZoneOffset.UTC), LocalDate.ofInstant(now, ZoneOffset.UTC));
    if (days == 0 || since.toHours() < 12) {
      return shorter(since) + " ago";
    }
    if (days == 1) {
      return "yesterday";
    }
    return longer(days) + " ago";
  }

  private static String longer(long days) {
    if (days < DAYS_OF_WEEK) {
      return count(days, "day");
    }
    if (days < DAYS_OF_MONTH) {
      return count(days / DAYS_OF_WEEK, "week");
    }
    return days < DAYS_OF_YEAR
        ? count(days / DAYS_OF_MONTH, "month")
        : count(days / DAYS_OF_YEAR, "year");
  }

  /** {@code 7 days}. */
  static String span(Duration duration) {
    return duration.toDays() > 0 && duration.equals(Duration.ofDays(duration.toDays()))
        ? count(duration.toDays(), "day")
        : duration.toMinutes() > 0 ? shorter(duration) : count(duration.toSeconds(), "second");
  }

  private static String shorter(Duration duration) {
    return duration.toHours() > 0
        ? count(duration.toHours(), "hour")
        : count(duration.toMinutes(), "minute");
  }

  /** {@code 1 day}, {@code 2 days}. */
  static String count(long number, String noun) {
    return number == 1 ? "1 " + noun : number + " " + noun + "s";
  }
}
