package dev.floe.local.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * One event as one line, and its exceptions below it: whatever a value holds, it neither begins
 * another line nor moves a terminal's cursor.
 */
public final class LogLine extends LayoutBase<ILoggingEvent> {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private static final int LOGGER_WIDTH = 30;
  private static final int LONGEST_VALUE = 2_000;
  private static final int FRAMES = 8;
  private static final int CAUSES = 5;

  @Override
  public String doLayout(ILoggingEvent event) {
    var line = new StringBuilder();
    line.append(TIME.format(Instant.ofEpochMilli(event.getTimeStamp())))
        .append(' ')
        .append("%-5s".formatted(event.getLevel()))
        .append(' ')
        .append(shortened(event.getLoggerName()))
        .append(' ')
        .append(Escaped.text(event.getFormattedMessage(), LONGEST_VALUE));
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> line.append(' ').append(pair.key).append('=').append(value(pair)));
    }
    line.append('\n');
    thrown(line, event.getThrowableProxy(), CAUSES);
    return line.toString();
  }

  private static String value(KeyValuePair pair) {
    return Escaped.value(String.valueOf(pair.value), LONGEST_VALUE);
  }

  private static String shortened(String logger) {
    return logger.length() <= LOGGER_WIDTH
        ? logger
        : "…" + logger.substring(logger.length() - LOGGER_WIDTH + 1);
  }

  private static void thrown(StringBuilder line, @Nullable IThrowableProxy thrown, int left) {
    if (thrown == null || left == 0) {
      return;
    }
    line.append("  ")
        .append(left == CAUSES ? "" : "caused by ")
        .append(thrown.getClassName())
        .append(": ")
        .append(Escaped.text(String.valueOf(thrown.getMessage()), LONGEST_VALUE))
        .append('\n');
    StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
    int shown = Math.min(FRAMES, frames.length - thrown.getCommonFrames());
    for (int i = 0; i < shown; i++) {
      line.append("    ").append(frames[i].getSTEAsString()).append('\n');
    }
    thrown(line, thrown.getCause(), left - 1);
  }
}
