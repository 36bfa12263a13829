package dev.floe.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {

  private static final String CAME = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final String FORM = "00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}";

  @Test
  void a_trace_that_came_along_goes_on() {
    assertThat(TraceParent.continuing(CAME)).isEqualTo(CAME);
    assertThat(TraceParent.continuing("cc" + CAME.substring(2) + "-what-the-future-adds"))
        .isEqualTo(CAME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
      })
  void what_is_no_trace_begins_a_new_one(String came) {
    assertThat(TraceParent.continuing(came)).matches(FORM).isNotEqualTo(came);
    assertThat(TraceParent.continuing(null)).matches(FORM);
  }
}
