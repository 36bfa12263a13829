package dev.floe.manifest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Reads dates, times and other single words that the JDK knows, with our kind of error. */
final class Words {

  private Words() {}

  static Instant instant(String text) {
    try {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
    } catch (DateTimeException _) {
      throw new InvalidWord("time", text, 1, "expected RFC 3339", "2026-12-20T00:00:00Z");
    }
  }

  static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException _) {
      throw new InvalidWord("date", text, 1, "expected year-month-day", "2026-12-31");
    }
  }

  static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException _) {
      throw new InvalidWord("time zone", text, 1, "unknown", "Europe/Berlin");
    }
  }

  static String recurrence(String text) {
    if (!text.matches("(RRULE:)?([A-Z-]+=[A-Za-z0-9,+:-]+)(;[A-Z-]+=[A-Za-z0-9,+:-]+)*")
        || !text.contains("FREQ=")) {
      throw new InvalidWord(
          "recurrence rule", text, 1, "expected RFC 5545", "FREQ=WEEKLY;BYDAY=FR");
    }
    return text;
  }

  /** daily, weekly, or five fields of a cron expression. */
  static String schedule(String text) {
    if (!text.equals("daily")
        && !text.equals("weekly")
        && !text.matches("([0-9A-Za-z*/,-]+ ){4}[0-9A-Za-z*/,-]+")) {
      throw new InvalidWord("schedule", text, 1, "expected daily, weekly or cron", "0 2 * * *");
    }
    return text;
  }

  static String artifact(String text) {
    if (!RegistryUrl.isArtifactName(text)) {
      String why = "lower-case letters, digits and . _ - between them";
      throw new InvalidWord("artifact name", text, 1, why, Manifest.DEFAULT_ARTIFACT);
    }
    return text;
  }
}
