package dev.floe.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class Rfc3339Test {

  @Test
  void a_time_is_as_wide_with_a_whole_second_as_with_a_nanosecond() {
    assertThat(Rfc3339.text(Instant.parse("2026-11-25T12:00:00Z")))
        .isEqualTo("2026-11-25T12:00:00.000000Z");
    assertThat(Rfc3339.text(Instant.parse("2026-11-25T12:00:00.123456789Z")))
        .isEqualTo("2026-11-25T12:00:00.123456Z");
  }
}
