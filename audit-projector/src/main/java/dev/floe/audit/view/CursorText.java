package dev.floe.audit.view;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Where a page ended, as text that clients hand back and make nothing of. */
public final class CursorText {

  private static final String SEPARATOR = "\n";
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private CursorText() {}

  public static String of(String... parts) {
    byte[] bytes = String.join(SEPARATOR, parts).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The time in a part; empty where it is none that a record of the log can have. */
  public static Optional<Instant> time(String part) {
    try {
      Instant time = Instant.parse(part);
      return time.isBefore(EARLIEST) || time.isAfter(LATEST) ? Optional.empty() : Optional.of(time);
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  /** The parts; empty where the text is not one of ours with so many of them. */
  public static Optional<List<String>> parts(String cursor, int count) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      List<String> parts = List.of(text.split(SEPARATOR, -1));
      boolean sane = parts.size() == count && text.indexOf('\0') < 0;
      return sane ? Optional.of(parts) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
