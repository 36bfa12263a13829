package dev.floe.manifest;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time in calendar units and exact ones: {@code P2Y}, {@code P7D}, {@code PT2S}. */
public record Span(Period period, Duration duration) {

  private static final String EXAMPLE = "7 (days), P7D, PT36H, 300s, 10m or 2h";
  private static final Pattern PLAIN = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d|w)");
  private static final Pattern WORDS =
      Pattern.compile("([0-9]{1,6}) +(day|week|month|year)s?", Pattern.CASE_INSENSITIVE);
  private static final Pattern ISO =
      Pattern.compile(
          "(?<date>P(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+W)?(?:[0-9]+D)?)"
              + "(?<time>T(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\\.[0-9]{1,9})?S)?)?");

  public static Span days(int days) {
    return new Span(Period.ofDays(days), Duration.ZERO);
  }

  public static Span of(Duration duration) {
    return new Span(Period.ZERO, duration);
  }

  /**
   * Reads {@code P7D}, {@code PT2S}, {@code 300s}, {@code 10m}, {@code 2h}, {@code 7d} or {@code 12
   * months}; a bare number is no length, since its unit is unknown here.
   *
   * @throws InvalidWord with an example
   */
  public static Span parse(String text) {
    Matcher plain = PLAIN.matcher(text);
    if (plain.matches()) {
      return plain(Integer.parseInt(plain.group(1)), plain.group(2));
    }
    Matcher words = WORDS.matcher(text);
    if (words.matches()) {
      return words(Integer.parseInt(words.group(1)), words.group(2).toLowerCase(Locale.ROOT));
    }
    Matcher iso = ISO.matcher(text);
    if (!iso.matches() || text.endsWith("P") || text.endsWith("T")) {
      throw new InvalidWord("length of time", text, 1, "unknown form", EXAMPLE);
    }
    try {
      String date = iso.group("date");
      String time = iso.group("time");
      return new Span(
          date.equals("P") ? Period.ZERO : Period.parse(date),
          time == null ? Duration.ZERO : Duration.parse("P" + time));
    } catch (DateTimeException _) {
      throw new InvalidWord("length of time", text, 1, "too long", EXAMPLE);
    }
  }

  private static Span plain(int amount, String unit) {
    return switch (unit) {
      case "ms" -> of(Duration.ofMillis(amount));
      case "s" -> of(Duration.ofSeconds(amount));
      case "m" -> of(Duration.ofMinutes(amount));
      case "h" -> of(Duration.ofHours(amount));
      case "d" -> days(amount);
      default -> new Span(Period.ofWeeks(amount), Duration.ZERO);
    };
  }

  private static Span words(int amount, String unit) {
    Period period =
        switch (unit) {
          case "day" -> Period.ofDays(amount);
          case "week" -> Period.ofWeeks(amount);
          case "month" -> Period.ofMonths(amount);
          default -> Period.ofYears(amount);
        };
    return new Span(period, Duration.ZERO);
  }

  public Instant after(Instant start) {
    return start.atZone(ZoneOffset.UTC).plus(period).plus(duration).toInstant();
  }

  public Instant before(Instant end) {
    return end.atZone(ZoneOffset.UTC).minus(period).minus(duration).toInstant();
  }

  /** Whether it has months or years, which are no fixed number of hours. */
  public boolean isCalendar() {
    return period.toTotalMonths() != 0;
  }

  /** The exact length, a day being 24 hours; months count 30 days and years 365. */
  public Duration toDuration() {
    long days = period.getYears() * 365L + period.getMonths() * 30L + period.getDays();
    return Duration.ofDays(days).plus(duration);
  }

  public boolean isZero() {
    return period.isZero() && duration.isZero();
  }

  /** ISO-8601, with date and time parts where both are there. */
  @Override
  public String toString() {
    if (duration.isZero()) {
      return period.toString();
    }
    return period.isZero() ? duration.toString() : period + duration.toString().substring(1);
  }
}
