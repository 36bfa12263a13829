package dev.floe.local.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class LogLineTest {

  private final LogLine layout = new LogLine();

  @Test
  void says_when_how_bad_where_what_and_with_which_values() {
    LoggingEvent event = event("ready", null);
    event.setKeyValuePairs(
        List.of(
            new KeyValuePair("url", "http://127.0.0.1:8080"),
            new KeyValuePair("why", "a \"b\" c"),
            new KeyValuePair("none", "")));
    event.setTimeStamp(0);

    assertThat(layout.doLayout(event))
        .isEqualTo(
            "1970-01-01T00:00:00.000Z WARN  floe.test ready url=http://127.0.0.1:8080"
                + " why=\"a \\\"b\\\" c\" none=\"\"\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n2026-01-01 INFO forged",
        "\r",
        "\u001b[2Jgone",
        "\u009b31m",
        "\u0000",
        "\u0085",
        "\u2028",
        "\u202egnp.exe",
        "\u200b",
        "\ud800"
      })
  void is_one_line_whatever_a_value_holds(String hostile) {
    LoggingEvent event =
        event("it " + hostile, new IllegalStateException("because " + hostile, null));
    event.setKeyValuePairs(List.of(new KeyValuePair("path", hostile)));

    String text = layout.doLayout(event);

    assertThat(text.lines().filter(line -> !line.startsWith("  "))).hasSize(1);
    assertThat(text.replace("\n", "").codePoints())
        .noneMatch(
            each -> Character.isISOControl(each) || Character.getType(each) == Character.FORMAT)
        .noneMatch(each -> each == 0x2028 || Character.getType(each) == Character.SURROGATE);
    assertThat(text).contains("\\u%04x".formatted(hostile.codePointAt(0)));
  }

  @Test
  void is_no_longer_than_anybody_would_read() {
    String text =
        layout.doLayout(
            event("x".repeat(1_000_000), new IllegalStateException("y".repeat(1_000_000))));

    assertThat(text.length()).isLessThan(10_000);
  }

  private static LoggingEvent event(String message, @Nullable Throwable thrown) {
    var logger = (Logger) LoggerFactory.getLogger("floe.test");
    return new LoggingEvent("", logger, Level.WARN, message, thrown, null);
  }
}
