package dev.floe.kernel;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How times are written wherever a machine reads them: RFC 3339 in UTC, always as wide. */
public final class Rfc3339 {

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Rfc3339() {}

  /** To the microsecond, which is what the log keeps. */
  public static String text(Instant time) {
    return MICROS.format(time);
  }
}
