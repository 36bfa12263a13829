package dev.floe.manifest;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads lengths of time. */
final class Times {

  private static final String DAYS = "write days as a number, or P7D, PT36H, 300s, 10m or 2h";
  private static final String UNITS = "write 300s, 10m, 2h or PT5M";

  private Times() {}

  static Duration duration(
      Reading reading, Node value, String key, boolean bareIsDays, Duration otherwise) {
    Span span = span(reading, value, key, bareIsDays);
    if (span == null) {
      return otherwise;
    }
    if (span.isCalendar()) {
      String why = "%s cannot have months or years, which have no fixed length".formatted(key);
      reading.problems().error(value, why, bareIsDays ? DAYS : UNITS);
      return otherwise;
    }
    return span.toDuration();
  }

  static @Nullable Span span(Reading reading, Node value, String key, boolean bareIsDays) {
    String hint = bareIsDays ? DAYS : UNITS;
    String text = reading.scalar(value, "a length of time");
    if (text == null) {
      return null;
    }
    Span span = parse(text, bareIsDays);
    if (span == null) {
      reading.problems().error(value, "%s: %s is no length of time".formatted(key, text), hint);
      return null;
    }
    if (span.isZero()) {
      reading.problems().error(value, "%s must be longer than nothing".formatted(key), hint);
      return null;
    }
    return span;
  }

  private static @Nullable Span parse(String text, boolean bareIsDays) {
    if (text.matches("[0-9]{1,6}")) {
      return bareIsDays ? Span.days(Integer.parseInt(text)) : null;
    }
    try {
      return Span.parse(text);
    } catch (InvalidWord _) {
      return null;
    }
  }
}
