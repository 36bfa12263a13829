package dev.floe.gate.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.gate.domain.GateCommand.RecordGateResult;
import dev.floe.gate.domain.GateEvent.GateStarted;
import dev.floe.gate.domain.GateRef;
import dev.floe.gate.domain.Phase;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateReportTest {

  @Test
  void what_a_registry_or_a_file_says_cannot_move_the_cursor_nor_turn_words_around() {
    String hostile = "a\u001b[2Jb\u009b1mc\u202ed\u2028e\ud83df\u0007g 😀";

    RecordGateResult report =
        GateReport.of(started(), GateResult.errored(Duration.ZERO, hostile, hostile, hostile));

    String shown = "a\ufffd[2Jb\ufffd1mc\ufffdd e\ufffdf\ufffdg 😀";
    assertThat(List.of(report.reason(), report.message(), report.hint())).containsOnly(shown);
  }

  private static GateStarted started() {
    Digest digest = Digest.sha256("x");
    return new GateStarted(
        "p",
        1,
        Version.parse("v1.2.3"),
        digest,
        "dev",
        "prod",
        Phase.BEFORE,
        "scan",
        1,
        1,
        1,
        "dev.example.com/floe/platform@" + digest,
        "none",
        "",
        List.of(new GateRef("scan", "d")),
        true,
        1,
        Instant.MAX);
  }
}
