package dev.floe.gate.application;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GateReportTest {

  @Test
  void what_a_registry_or_a_file_says_cannot_move_the_cursor_nor_turn_words_around() {
    assertThat(GateReport.shown("a\u001b[2Jb\u009b1mc\u202ed\u2028e\ud83df\u0007\ng 😀"))
        .isEqualTo("a [2Jb 1mc d e f \ng 😀");
  }
}
