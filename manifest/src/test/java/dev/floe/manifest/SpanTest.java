package dev.floe.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.kernel.Requirement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement("D.4")
class SpanTest {

  @ParameterizedTest
  @CsvSource({
    "P7D, P7D, 168h",
    "PT2S, PT2S, 2s",
    "P1DT12H, P1DT12H, 36h",
    "P2W, P14D, 336h",
    "300s, PT5M, 300s",
    "250ms, PT0.25S, 250ms",
    "10m, PT10M, 600s",
    "2h, PT2H, 7200s",
    "7d, P7D, 168h",
    "1w, P7D, 168h",
    "P2Y, P2Y, 17520h",
    "12 months, P12M, 8640h",
    "1 year, P1Y, 8760h"
  })
  void every_way_to_write_a_length_of_time_is_understood(String text, String iso, String length) {
    Span span = Span.parse(text);

    assertThat(span).hasToString(iso);
    assertThat(span.toDuration()).isEqualTo(Span.parse(length).toDuration());
    assertThat(Span.parse(span.toString()).toDuration()).isEqualTo(span.toDuration());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "P", "PT", "P1DT", "7", "-P1D", "P-1D", "soon", "1.5h", "P9999999999D"})
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> Span.parse(text))
        .isInstanceOf(InvalidWord.class)
        .hasMessageContaining("for example 7 (days), P7D");
  }

  @Test
  @Requirement("340.1")
  void months_and_years_are_counted_by_the_calendar() {
    Instant leapYear = Instant.parse("2024-01-15T10:00:00Z");

    assertThat(Span.parse("12 months").after(leapYear)).isEqualTo("2025-01-15T10:00:00Z");
    assertThat(Span.parse("P1M").before(Instant.parse("2025-01-15T00:00:00Z")))
        .isEqualTo("2024-12-15T00:00:00Z");
    assertThat(Span.of(Duration.ofHours(1)).after(leapYear)).isEqualTo("2024-01-15T11:00:00Z");
  }
}
