package dev.floe.audit.adapter.postgres;

import dev.floe.access.RawCommand;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** How Java's values and PostgreSQL's columns become each other. */
final class Columns {

  private static final int REPLACEMENT = 0xFFFD;

  /** A character takes four bytes at most. */
  private static final int LONGEST_NAME = 512;

  private Columns() {}

  static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /**
   * PostgreSQL holds neither a zero character nor half of a pair, and headers may hold anything.
   */
  static String clean(String text) {
    return isClean(text)
        ? text
        : text.codePoints()
            .map(each -> isClean(each) ? each : REPLACEMENT)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  private static boolean isClean(String text) {
    return text.codePoints().allMatch(Columns::isClean);
  }

  private static boolean isClean(int character) {
    return character != 0 && Character.getType(character) != Character.SURROGATE;
  }

  /**
   * Text for a column that is indexed: an index takes 2,704 bytes, so of what is longer than any
   * name its beginning stands there, with a hash that tells it from others of the same beginning.
   */
  static @Nullable String name(@Nullable String text) {
    if (text == null || text.length() <= LONGEST_NAME) {
      return text;
    }
    String beginning = text.substring(0, LONGEST_NAME);
    return beginning + "… sha256:" + RawCommand.sha256(text.getBytes(StandardCharsets.UTF_8));
  }
}
